using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>What a server does in a scenario and at which step of the client, in words.</summary>
/// <remarks>A moment is the earliest at which the server can know what it needs; that it is no later is said only where a time is stated.</remarks>
internal static class ServerMoments
{
    /// <summary>The lines: when, and what.</summary>
    public static IEnumerable<(string When, string What)> Of(Scenario scenario, Dialect dialect, ExpectedExchange expected)
    {
        if (expected.Primary.Connection is { } connection)
        {
            yield return ("at once", connection == ConnectionRule.Refused ? "refuses the connection: nobody listens" : "does not serve the client");
            yield break;
        }

        if (expected.NeverAnswers)
        {
            yield return ("never", "answers: this server is stuck once it is asked for a second connection");
            yield break;
        }

        Alternative? alternative = expected.Alternative;
        int answer = AnswerStep(scenario, alternative);
        if (scenario.AsksForAux && expected.Aux.Check)
        {
            bool late = dialect.Properties.GetValueOrDefault("aux-connect")?.Value == "after-login";
            yield return expected.Aux.Connected
                ? (From(late ? answer : PortStep(scenario)), $"connects to the client's port {AccountContext.Port}, the auxiliary connection{(late ? ", since the login is accepted" : "")}")
                : ("never", "makes the auxiliary connection that was asked for");
        }

        string bounds = (expected.Primary.NotBefore ?? expected.Aux.NotBefore) is { } least ? $", no earlier than {Words.Seconds(least)} after the last step" : "";
        if (alternative?.Accepted is not null)
        {
            yield return (From(answer), "accepts the login, says so with a NUL where it has one to say, and runs the command");
        }
        else if (alternative?.Refused is { } cause)
        {
            yield return (From(answer), $"refuses: {Cause(cause)}{bounds}");
        }
        else
        {
            yield return (From(answer), "answers" + bounds);
        }
    }

    /// <summary>What the first byte of an answer says.</summary>
    public static string Meaning(ExpectedExchange expected, ExpectedStream stream)
    {
        if (stream is not { Check: true, Connected: true, Endless: null } || stream.Content.Parts is not [{ Bytes: [var first, ..] } part, ..])
        {
            return "";
        }

        bool more = part.Bytes!.Length > 1 || stream.Content.Parts.Count > 1;
        return (first, expected.Alternative) switch
        {
            (0, not { Refused: not null }) => more ? "the NUL says: accepted; what follows the command has written" : "the NUL says: accepted",
            (1, not { Accepted: not null }) => more ? "the byte 1 says: refused; what follows is the reason, for people" : "the byte 1 says: refused",
            (_, { Accepted: not null }) => "what the command has written",
            _ => "",
        };
    }

    /// <summary>A cause of a refusal in words.</summary>
    public static string Cause(string cause) => cause switch
    {
        "username-too-long" => "the user name is too long for it",
        "password-too-long" => "the password is too long for it",
        "command-too-long" => "the command is too long for it",
        "unknown-user" => "there is no such user",
        "bad-password" => "the password is wrong",
        "empty-password" => "the account has no password",
        "root-refused" => "the superuser may not log in in this way",
        "account-expired" => "the account has expired",
        "password-expired" => "the password has expired",
        "no-home" => "the home directory is not there",
        "no-shell" => "the login shell is not there",
        "fork-failed" => "no process could be made",
        "pipe-failed" => "no pipe could be made",
        "argument-list-too-long" => "the command is longer than its system takes",
        "eof-in-username" or "eof-in-password" or "eof-in-command" => $"the client ended in the middle of the {cause[7..]}",
        "no-reverse-name" => "the client's address has no name",
        _ => cause,
    };

    private static string From(int step) => step <= 0 ? "at once" : $"from step {step}";

    private static int PortStep(Scenario scenario) => Step(scenario, step => step is BytesStep { Bytes.UsesAuxPort: true });

    // What is refused for one field need not wait for the next.
    private static int AnswerStep(Scenario scenario, Alternative? alternative)
    {
        string? field = alternative?.Refused switch
        {
            "username-too-long" => "username",
            "password-too-long" => "password",
            _ => "command",
        };
        int end = Step(scenario, step => step is HalfCloseStep { Stream: StreamName.Primary } or CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary });
        return alternative?.Refused?.StartsWith("eof-", StringComparison.Ordinal) == true && end > 0 ? end
            : Step(scenario, step => step is BytesStep bytes && bytes.Kind == field) is > 0 and var found && (alternative?.Accepted ?? (object?)alternative?.Refused) is not null ? found
            : scenario.EndsUnfinished && end > 0 ? end
            : LastBytes(scenario);
    }

    private static int LastBytes(Scenario scenario)
    {
        int last = 0;
        for (int i = 0; i < scenario.Send.Count; i++)
        {
            last = scenario.Send[i] is BytesStep { Kind: not "stdin" } ? i + 1 : last;
        }

        return last;
    }

    private static int Step(Scenario scenario, Func<SendStep, bool> wanted)
    {
        for (int i = 0; i < scenario.Send.Count; i++)
        {
            if (wanted(scenario.Send[i]))
            {
                return i + 1;
            }
        }

        return 0;
    }
}
