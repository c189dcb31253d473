using System.Globalization;
using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;

namespace RexecConformance.Captures.Importing;

/// <summary>The accounts that the imported scenarios need beside those that every target has.</summary>
internal sealed class ImportedAccounts(AccountFile usual)
{
    // Above those of docker/accounts.yaml, below what systems give to people.
    private const int FirstId = 3001;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Account> _made = [];

    /// <summary>The account of a name with this password, made if there is none; null, with the reason, if no target can have it.</summary>
    /// <param name="name">As it is sent.</param>
    /// <param name="password">As it is sent.</param>
    /// <param name="homeExists">False if its home directory is to be missing.</param>
    /// <param name="home">Its home directory, or null for one of its own.</param>
    /// <param name="why">Why there is none.</param>
    public Account? Right(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password, bool homeExists, string? home, out string? why)
    {
        if (Name(name) is not { } login || Text(password) is not { } secret)
        {
            why = "no accounts file can hold the captured user name or password";
            return null;
        }

        why = null;
        if (_made.Find(one => one.Name == login) is { } there)
        {
            bool same = there.Password == secret && there.HomeExists == homeExists;
            why = same ? null : $"the user of an earlier conversation has another password or home here";
            return same ? there : null;
        }

        return Make(login, secret, homeExists, home);
    }

    /// <summary>An account of a name for which this password is wrong; null if no target can have it, or if the right one was seen to be this.</summary>
    public Account? Wrong(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password)
    {
        if (Name(name) is not { } login)
        {
            return null;
        }

        string wrong = Text(password) ?? "";
        if (_made.Find(one => one.Name == login) is { } there)
        {
            return there.Password == wrong ? null : there;
        }

        string right = "right-" + new string('x', Math.Max(0, password.Length - 6));
        return Make(login, right == wrong ? right + "y" : right, homeExists: true, home: null);
    }

    /// <summary>The account of a key that was made here, or null.</summary>
    public Account? Find(string key) => _made.Find(one => one.Key == key);

    /// <summary>The file, or null if no account was made.</summary>
    public string? File(string from)
    {
        if (_made.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder($"# Made by 'capture import' from {ByteText.Escape(Encoding.UTF8.GetBytes(from))}: the accounts that its scenarios name.\nformat: 1\naccounts:\n");
        foreach (Account account in _made)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"  {ByteYaml.Word(account.Key)}: {{ name: {ByteYaml.Quote(account.Name)}, password: {ByteYaml.Quote(account.Password)}, ")
                .Append(CultureInfo.InvariantCulture, $"uid: {account.Uid}, gid: {account.Gid}, home: {ByteYaml.Quote(account.Home)}, shell: \"{account.Shell}\"")
                .Append(account.HomeExists ? " }\n" : ", home-exists: false }\n");
        }

        return text.ToString();
    }

    private Account Make(string login, string password, bool homeExists, string? home)
    {
        // A namesake of a usual account takes its place, and its key: the two can't be told apart by a server.
        Account? namesake = usual.Accounts.FirstOrDefault(one => one.Name == login);
        string key = namesake?.Key ?? Key(login);
        int id = FirstId + _made.Count;
        Account made = namesake is null
            ? new Account(key, login, password, id, id, home ?? "/home/" + key, "/bin/sh", homeExists)
            : namesake with { Password = password, HomeExists = homeExists, Home = home ?? namesake.Home, AccountExpired = false, PasswordExpired = false };
        _made.Add(made);
        return made;
    }

    private string Key(string login)
    {
        string letters = string.Concat(login.Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)).Take(24));
        bool Taken(string key) => key is "" or "aux" or "diagnostic" || usual.TryGet(key, out _) || _made.Exists(one => one.Key == key);
        return !Taken(letters) ? letters : Enumerable.Range(1, int.MaxValue).Select(i => $"captured{i}").First(key => !Taken(key));
    }

    // What a line of /etc/passwd can hold.
    private static string? Name(ReadOnlySpan<byte> bytes) =>
        Text(bytes) is { Length: > 0 } text && !text.Any(c => c == ':' || char.IsControl(c)) ? text : null;

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            string text = s_strict.GetString(bytes);
            // Not every character that UTF-8 can write survives YAML unharmed.
            return text.All(c => c is not ('\ufeff' or '\ufffe' or '\uffff')) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
