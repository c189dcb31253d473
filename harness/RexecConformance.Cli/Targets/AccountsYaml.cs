using System.Text;
using System.Text.Json;
using RexecConformance.Accounts;

namespace RexecConformance.Cli.Targets;

/// <summary>Accounts as a file for the server (format of <c>docker/accounts.yaml</c>, version 1).</summary>
internal static class AccountsYaml
{
    public static string Of(AccountFile accounts)
    {
        var text = new StringBuilder("format: 1\naccounts:\n");
        foreach (Account a in accounts.Accounts)
        {
            text.Append($"  {Quoted(a.Key)}: {{ name: {Quoted(a.Name)}, password: {Quoted(a.Password)}, uid: {a.Uid}, gid: {a.Gid}, ");
            text.Append($"home: {Quoted(a.Home)}, shell: {Quoted(a.Shell)}, home-exists: {Flag(a.HomeExists)}, ");
            text.Append($"account-expired: {Flag(a.AccountExpired)}, password-expired: {Flag(a.PasswordExpired)} }}\n");
        }

        return text.ToString();
    }

    // A JSON string is a YAML one.
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Flag(bool value) => value ? "true" : "false";
}
