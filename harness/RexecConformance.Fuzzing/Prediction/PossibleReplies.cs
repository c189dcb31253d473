using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>The replies that a server of a dialect can give.</summary>
internal static class PossibleReplies
{
    public static IReadOnlyList<string> Of(DialectRules rules, ServerSetup setup)
    {
        var replies = new List<string>();
        void Add(string reply, bool possible)
        {
            if (possible)
            {
                replies.Add(reply);
            }
        }

        bool connects = rules.AuxConnect is AuxMoment.AfterPort or AuxMoment.AfterLogin;
        Add("accepted", rules.StatusStream is not null);
        foreach (string cause in PropertyCatalogue.Causes)
        {
            Add(cause, Told(cause, rules, setup));
        }

        bool eof = rules.EofInField is "silent-close" or "diagnostic" or "diagnostic-for-ever";
        Add("bad-password-ignored", rules is { LoginCheck: "name", StatusStream: not null } && rules.RefusalFor("bad-password") is not null);
        Add("no-home-ignored", rules is { HomeCheck: "after-status-ignored", StatusStream: not null } && rules.RefusalFor("no-home") is not null);
        Add("aux-refused", connects && rules.AuxFailureIsSilent);
        Add("aux-port-privileged", connects && rules.AuxPrivileged == "refused");
        Add("aux-unanswered", connects && rules.AuxTimeout.Stated);
        Add("hangs", rules.AuxConnect == AuxMoment.NeverAnswers);
        Add("eof-in-port", eof);
        foreach (string cause in new[] { "eof-in-username", "eof-in-password", "eof-in-command" })
        {
            Add(cause, rules.EofInField == "silent-close");
        }

        Add("port-time-out", rules.PortTimeout.After is not null);
        Add("fields-time-out", rules.FieldsTimeout.After is not null);
        replies.AddRange(["waits-in-port", "waits-in-username", "waits-in-password", "waits-in-command", "client-left"]);
        return replies;
    }

    private static bool Told(string cause, DialectRules rules, ServerSetup setup)
    {
        if (rules.RefusalFor(cause)?.Content is null)
        {
            return false;
        }

        bool status = rules.StatusStream is not null;
        return cause switch
        {
            "username-too-long" => Limited(rules.Limits.Username),
            "password-too-long" => Limited(rules.Limits.Password),
            "command-too-long" => Limited(rules.Limits.Command),
            "unknown-user" => rules.LoginCheck != "never",
            "bad-password" => rules.LoginCheck is "name-and-password",
            "empty-password" => rules.LoginCheck != "never" && rules.Value("empty-password") == "refused",
            "root-refused" => rules.LoginCheck != "never" && (setup.Options.Contains("refuse-root") ? rules.Value("refuse-root-option") : rules.Value("root-login")) == "refused",
            "account-expired" or "password-expired" => rules.LoginCheck != "never" && rules.Value("expiry-check") == "at-login",
            "no-home" => rules.LoginCheck != "never" && rules.HomeCheck is "before-status" or "after-status",
            "no-shell" => status && rules.LoginCheck != "never" && rules.Value("shell-choice") == "account",
            "argument-list-too-long" => status && rules.ArgumentList is not null && rules.Limits.Command.Longest > rules.ShellArgument,
            "fork-failed" => setup.Faults.Contains("fork") && rules.Value("fork") != "never" && rules.Value("fork-check") is not null,
            "pipe-failed" => setup.Faults.Contains("pipe") && rules.Value("fork") != "never" && rules.Value("fork-check") is not null,
            "no-reverse-name" => setup.Faults.Contains("no-reverse-name") && rules.Value("reverse-name") is "required" or "required-at-once",
            _ => rules.EofInField is "diagnostic" or "diagnostic-for-ever",
        };
    }

    private static bool Limited(FieldLimit limit) => limit.Longest is not (null or FieldLimit.Unlimited);
}
