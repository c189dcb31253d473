using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Judging;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What the operation <c>print-environment</c> prints: the variables that a server gives to a command, sorted.</summary>
internal static class CommandEnvironment
{
    // Daemons cut what is longer, each in its own way (facts 2.9): 14 characters of USER, 58 of HOME; GNU's 31 of USER and LOGNAME.
    private const int NameTakenByAll = 14;
    private const int PathTakenByAll = 57;

    /// <summary>All lines; null where the dialect does not state them all.</summary>
    public static ExpectedContent? Of(Account account, CommandRules rules)
    {
        if (rules is not { Environment: { } variables, SearchPath: { } path } || (account.Shell == "" && rules.EmptyShellVariable is null)
            || account.Name.Length > NameTakenByAll || account.Home.Length > PathTakenByAll || account.Shell.Length > PathTakenByAll)
        {
            return null;
        }

        string shell = account.Shell != "" ? account.Shell : rules.EmptyShellVariable == "empty" ? "" : "/bin/sh";
        string[] lines =
        [
            $"HOME={account.Home}",
            variables == "home-path-shell-user" ? "" : $"LOGNAME={account.Name}",
            $"PATH={path}",
            variables == "with-logname-and-rhost" ? "RHOST=address" : "",
            $"SHELL={shell}",
            $"USER={account.Name}",
        ];
        return ExpectedContent.Of(Encoding.UTF8.GetBytes(string.Concat(lines.Where(line => line != "").Select(line => line + "\n"))));
    }
}
