using System.CommandLine;
using System.Text.RegularExpressions;
using RexecConformance.Running;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>compare</c>: its options. <see cref="CompareSession"/> does the work.</summary>
internal static partial class CompareCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var targets = new Option<string[]>("--targets") { Description = "Two or more targets with commas between", HelpName = "A,B,..." };
        var target = new Option<string[]>("--target") { Description = "One more target; may be repeated", HelpName = "TARGET" };
        var results = new Option<string?>("--results") { Description = "Compare JSON reports of earlier runs instead of driving targets", HelpName = "A.json,B.json" };
        Option<string?> dialect = TargetOptions.Dialect("Dialect of targets that have none (default: the one that fits best)");
        var only = new Option<string?>("--only") { Description = "Leave variants in which all agree out of the matrix", HelpName = "different" };
        _ = only.AcceptOnlyFromAmong("different");
        Option<string[]> report = ReportKinds.Option();
        Option<string?> capture = CaptureOption.Create();
        Option<string?> shard = ShardOption.Create();
        var jobs = new Option<int>("--jobs") { Description = "Variants driven at once on each target, 1 to 512", HelpName = "N", DefaultValueFactory = _ => new RunOptions().Jobs };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int number) && number is >= 1 and <= 512))
            {
                result.AddError($"--jobs is '{text}', expected a number from 1 to 512");
            }
        });
        var command = new Command(
            "compare",
            "Drives scenarios on several targets and prints where they differ, byte for byte.\n\n"
            + "Example: rexec-conformance compare --targets recorded:debian-openbsd-inetd,recorded:inetutils,reference:debian --only different")
        {
            targets, target, results, dialect, only, report, capture, shard, jobs,
        };
        common.AddFilterTo(command);
        command.SetAction((parsed, cancel) => new CompareSession
        {
            Scenarios = parsed.GetValue(common.Scenarios),
            Filter = common.Filter(parsed),
            Targets = [.. (parsed.GetValue(targets) ?? []).SelectMany(Split), .. parsed.GetValue(target) ?? []],
            Results = parsed.GetValue(results)?.Split(',') ?? [],
            Dialect = parsed.GetValue(dialect),
            OnlyDifferent = parsed.GetValue(only) is not null,
            Reports = parsed.GetValue(report) ?? [],
            Capture = parsed.GetValue(capture),
            Shard = parsed.GetValue(shard),
            Options = new RunOptions { Jobs = parsed.GetValue(jobs) },
        }.RunAsync(cancel));
        return command;
    }

    /// <summary>The targets of a list: a part <c>name=value</c> is an option of the target before it.</summary>
    internal static IReadOnlyList<string> Split(string list)
    {
        var targets = new List<string>();
        foreach (string part in list.Split(','))
        {
            if (targets.Count > 0 && OptionOfTarget().IsMatch(part))
            {
                targets[^1] += "," + part;
            }
            else
            {
                targets.Add(part);
            }
        }

        return targets;
    }

    [GeneratedRegex("^[a-z][a-z-]*=")]
    private static partial Regex OptionOfTarget();
}
