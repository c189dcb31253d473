using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>baseline</c>: its options. <see cref="BaselineSession"/> does the work.</summary>
internal static class BaselineCommand
{
    public static Command Create() => new("baseline", "Keeps what real servers answer, and compares with it later without them.") { Record(), Check() };

    private static Command Record()
    {
        var common = new CommonOptions();
        Option<string[]> target = TargetOptions.Target("What to record");
        var name = new Option<string>("--name") { Description = "Name of the baseline: baselines/NAME.jsonl is written", HelpName = "NAME", Required = true };
        Option<string?> dialect = TargetOptions.Dialect("Dialect to judge by: its expectations say how long to wait. tcp: and inetd: need one");
        var command = new Command(
            "record",
            "Drives all scenarios, slow ones too, on a target and writes what it answered; the file is written whole or not at all.\n\n"
            + "Example: rexec-conformance baseline record --target container:inetutils --name inetutils")
        {
            target, name, dialect, common.Scenarios,
        };
        command.SetAction((parsed, cancel) => new BaselineSession(parsed.GetValue(common.Scenarios)).RecordAsync(
            parsed.GetValue(target)!, parsed.GetValue(name)!, parsed.GetValue(dialect), cancel));
        return command;
    }

    private static Command Check()
    {
        var common = new CommonOptions();
        var names = new Argument<string[]>("NAME") { Description = "Baselines to check (default: all)", Arity = ArgumentArity.ZeroOrMore };
        var target = new Option<string?>("--target") { Description = "Drive this target and compare it with the one baseline", HelpName = "TARGET" };
        Option<string?> dialect = TargetOptions.Dialect("Dialect to judge the target by (default: the baseline's)");
        var command = new Command(
            "check",
            "Without a target: is each baseline current and as its dialect says? With one: does the target still answer as recorded?\n\n"
            + "Example: rexec-conformance baseline check --target container:inetutils inetutils")
        {
            names, target, dialect,
        };
        common.AddFilterTo(command);
        command.SetAction((parsed, cancel) => new BaselineSession(parsed.GetValue(common.Scenarios)).CheckAsync(
            parsed.GetValue(names) ?? [], parsed.GetValue(target), parsed.GetValue(dialect), common.Filter(parsed), cancel));
        return command;
    }
}
