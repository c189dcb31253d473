using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Captures.Importing;

/// <summary>Decides what is sent as user name and password, so that a target takes or refuses it as the captured server did.</summary>
internal sealed class ImportedCredentials(ImportOptions options, ImportedAccounts accounts, Secrets secrets)
{
    /// <summary>Replaces the fields, and makes the account that they need.</summary>
    /// <param name="conversation">The captured exchange.</param>
    /// <param name="cause">Why it was refused, or null.</param>
    /// <param name="fields">Is given what is sent instead.</param>
    /// <param name="notes">Is given a line for each change.</param>
    /// <returns>Why it can't be imported, or null.</returns>
    public string? Decide(Conversation conversation, string? cause, ImportedFields fields, List<string> notes)
    {
        RequestField name = conversation.Request.UserName;
        RequestField password = conversation.Request.Password;
        foreach (RequestField field in new[] { name, password }.Where(field => field.State is FieldState.Complete or FieldState.Unfinished))
        {
            fields.Replace(field.Name, ImportedFields.Literal(secrets.Field(field.Bytes.Span)));
        }

        // The port is no secret, and what stands there decides what the server does: it stays.
        RequestField command = conversation.Request.Command;
        if (command.State is FieldState.Complete or FieldState.Unfinished)
        {
            fields.Replace(command.Name, ImportedFields.Literal(secrets.Within(command.Bytes.Span)));
        }

        bool both = name.State == FieldState.Complete && password.State == FieldState.Complete;
        if (options.Account is { } key)
        {
            Substitute(conversation, cause, key, both, fields, notes);
            return null;
        }

        return both ? Keep(conversation, cause, key: null, fields, notes) : null;
    }

    private string? Keep(Conversation conversation, string? cause, string? key, ImportedFields fields, List<string> notes)
    {
        byte[] name = secrets.Field(conversation.Request.UserName.Bytes.Span);
        byte[] password = secrets.Field(conversation.Request.Password.Bytes.Span);
        if (conversation.Accepted == true || (cause is null && conversation.Accepted is null && conversation.Request.Length is not null))
        {
            Account? account = accounts.Right(name, password, cause != "no-home", Home(conversation), out string? why);
            if (account is not null)
            {
                Use(account.Key, fields, withPassword: true);
                return null;
            }

            if (why!.StartsWith("the user", StringComparison.Ordinal))
            {
                return why;
            }

            notes.Add($"{why}: those of the account '{key ?? "good"}' are sent instead");
            Substitute(conversation, cause, key ?? "good", both: true, fields, notes);
        }
        else if (cause == "bad-password" && accounts.Wrong(name, password) is { } victim)
        {
            Use(victim.Key, fields, withPassword: false);
        }

        return null;
    }

    private static void Use(string key, ImportedFields fields, bool withPassword)
    {
        fields.Replace("username", ImportedFields.OfAccount(key, "name"));
        if (withPassword)
        {
            fields.Replace("password", ImportedFields.OfAccount(key, "password"));
        }
    }

    // Where the captured server refused, the target is to refuse for the same reason.
    private void Substitute(Conversation conversation, string? cause, string key, bool both, ImportedFields fields, List<string> notes)
    {
        RequestField name = conversation.Request.UserName;
        RequestField password = conversation.Request.Password;
        if (!both)
        {
            foreach (RequestField field in new[] { name, password }.Where(one => one.State == FieldState.Unfinished))
            {
                fields.Replace(field.Name, Filler(field == name ? "user" : "pass", field.Bytes.Length));
            }

            if (name.State == FieldState.Complete && cause == "username-too-long")
            {
                fields.Replace("username", Filler("nosuchuser", name.Bytes.Length));
            }
            else if (name.State == FieldState.Complete)
            {
                Put(name, key, fields, notes);
            }

            return;
        }

        switch (cause)
        {
            case "username-too-long":
                fields.Replace("username", Filler("nosuchuser", name.Bytes.Length));
                Put(password, key, fields, notes);
                break;
            case "unknown-user":
                fields.Replace("username", Filler("nosuchuser", name.Bytes.Length));
                Put(password, key, fields, notes);
                break;
            case "bad-password" or "password-too-long":
                Put(name, "victim", fields, notes);
                fields.Replace("password", Filler(cause == "bad-password" ? "wrong-password-" : "0123456789", password.Bytes.Length));
                break;
            case "no-home":
                Put(name, "nohome", fields, notes);
                Put(password, "nohome", fields, notes);
                break;
            default:
                Put(name, key, fields, notes);
                Put(password, key, fields, notes);
                break;
        }
    }

    private void Put(RequestField field, string key, ImportedFields fields, List<string> notes)
    {
        Account account = options.Accounts[key];
        fields.Replace(field.Name, ImportedFields.OfAccount(key, field.Name == "username" ? "name" : "password"));
        int length = Encoding.UTF8.GetByteCount(field.Name == "username" ? account.Name : account.Password);
        if (length != field.Bytes.Length)
        {
            notes.Add($"the {field.Name} of the account '{key}' has {length} bytes in place of the captured {field.Bytes.Length}");
        }
    }

    private static ByteTemplate Filler(string text, int length) =>
        ImportedFields.Literal(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))[..length]));

    // pwd tells where the captured user was at home.
    private static string? Home(Conversation conversation)
    {
        string said = ByteText.Latin1.GetString(conversation.PrimaryReply.Output);
        return conversation.Request.Command.Bytes.Span.SequenceEqual("pwd"u8) && said is ['/', .., '\n']
            && said.AsSpan(0, said.Length - 1).IndexOfAnyExceptInRange('!', '~') < 0 && !said.Contains(':')
                ? said[..^1]
                : null;
    }
}
