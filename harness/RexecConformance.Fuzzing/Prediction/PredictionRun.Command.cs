using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <content>A request that is let in: home, shell, command.</content>
internal readonly ref partial struct PredictionRun
{
    private const string MissingShell = "/bin/nosuchshell";
    private const string PlainShell = "/bin/sh";

    private PredictedAnswer Run(RequestReading reading, KnownAccount? account, AuxFate fate, bool told)
    {
        bool noHome = account is { Account.HomeExists: false };
        if (noHome && Rules.HomeCheck is null)
        {
            return Unsaid("home-check");
        }

        if (noHome && Rules.HomeCheck == "before-status")
        {
            return told ? Unsaid("a missing home after a wrong password") : Refuse("no-home", reading.At, fate, reading.At);
        }

        // Where the connection is made this late, nothing but the status byte and the command is left.
        if (Rules.AuxConnect == AuxMoment.AfterLogin && GivenUp(fate, reading.At) is { } givenUp)
        {
            return givenUp;
        }

        if (FailedRelay(fate, reading.At) is { } failed)
        {
            return failed;
        }

        string reply = "accepted";
        CommandEffect effect;
        ExpectedContent before = ExpectedContent.Nothing;
        if (noHome && Rules.HomeCheck != "never")
        {
            if (Rules.RefusalFor("no-home")?.Content is not { } content)
            {
                return Unsaid("the diagnostic no-home");
            }

            if (Rules.HomeCheck == "after-status")
            {
                return Started(reading, fate, told, "no-home", new CommandEffect("no-home", ExpectedContent.Nothing, content), ExpectedContent.Nothing);
            }

            (reply, before) = ("no-home-ignored", content);
        }

        if (Unstarted(reading, account, out string? cause) is { } why)
        {
            return Unsaid(why);
        }

        if (cause is null)
        {
            effect = Effect(reading, account, noHome);
            if (ReferenceEquals(effect, KnownCommands.Empty) && !_predictor.CommandRules.EmptyCommand)
            {
                return Unsaid("empty-command");
            }
        }
        else
        {
            if (Rules.RefusalFor(cause)?.Content is not { } content)
            {
                return Unsaid($"the diagnostic {cause}");
            }

            (reply, effect) = (cause, new CommandEffect(cause, ExpectedContent.Nothing, content));
        }

        return Started(reading, fate, told, told && cause is null ? "bad-password-ignored" : reply, effect, before);
    }

    /// <summary>Why the shell does not start, if it does not; returns what is not stated.</summary>
    private string? Unstarted(RequestReading reading, KnownAccount? account, out string? cause)
    {
        CommandRules rules = _predictor.CommandRules;
        cause = null;
        string shell = account?.Account.Shell ?? PlainShell;
        if (shell == "" && !rules.EmptyShellIsSh)
        {
            return "empty-shell";
        }

        if (shell == MissingShell)
        {
            if (rules.ShellChoice is null)
            {
                return "shell-choice";
            }

            cause = rules.ShellChoice == "account" ? "no-shell" : null;
        }

        if (reading.Command.Length > Rules.ShellArgument)
        {
            if (Rules.ArgumentList is null || cause is not null)
            {
                return "a command that is longer than the system's argument list";
            }

            cause = "argument-list-too-long";
        }

        return null;
    }

    private CommandEffect Effect(RequestReading reading, KnownAccount? account, bool noHome)
    {
        CommandRules rules = _predictor.CommandRules;
        if (account?.Account.Shell is { } shell && shell is not (PlainShell or "") && rules.ShellChoice != "environment")
        {
            return KnownCommands.Unknown;
        }

        CommandEffect effect = _predictor.Commands.Find(_script.Bytes.Slice(reading.Command.Start, reading.Command.Length));
        switch (effect.Operation)
        {
            case "copy-input" or "copy-input-to-stderr" when effect.EndKnown:
                ReadOnlySpan<byte> input = _script.Bytes[reading.At..];
                if (input.IsEmpty)
                {
                    return effect;
                }

                ExpectedContent? copied = Rules.InputFollows ? ExpectedContent.Of(input.ToArray()) : null;
                return effect.Operation == "copy-input" ? effect with { Output = copied } : effect with { Errors = copied };
            case "print-home" when rules.RunsAtHome && account is not null && !noHome && effect.EndKnown:
                return effect with { Output = ExpectedContent.Of(account.HomeLine) };
            case "print-user" when rules.RunsAsUser && account is { OwnUid: true } && effect.EndKnown && _predictor.LoginRules.UsernameCase != "ignored":
                return effect with { Output = ExpectedContent.Of(account.NameLine) };
            case "print-environment" when _predictor.RealShell && account is not null && !noHome:
                return effect with { Output = CommandEnvironment.Of(account.Account, rules), Errors = ExpectedContent.Nothing };
            case "fail" when !rules.ExitStatusNotSent:
                return effect with { Output = null };
            case "sleep-in-background" when !rules.ChildHoldsStreams:
                return effect with { EndKnown = false, Lasts = TimeSpan.Zero };
            default:
                return effect;
        }
    }
}
