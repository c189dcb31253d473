using System.CommandLine;
using RexecConformance.Cli.Targets;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var target = new Option<string[]>("--target")
        {
            Description = $"What to judge; may be repeated: {TargetSpec.Forms}",
            HelpName = "TARGET",
            DefaultValueFactory = _ => ["reference"],
        };
        var dialect = new Option<string?>("--dialect")
        {
            Description = "Dialect to judge by; 'all' with the target 'reference' only. tcp: and inetd: need one",
            HelpName = "NAME",
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Variants driven at once (default: the number of processors)",
            HelpName = "N",
            DefaultValueFactory = _ => Math.Max(2, Environment.ProcessorCount),
        };
        var command = new Command(
            "run",
            "Drives scenarios on targets and judges what comes back.\n\nExample: rexec-conformance run --target inetd:/usr/sbin/in.rexecd --dialect debian");
        command.Options.Add(target);
        command.Options.Add(dialect);
        command.Options.Add(jobs);
        common.AddFilterTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            ScenarioTree? tree = ScenarioFolder.Load(parsed.GetValue(common.Scenarios));
            if (tree is null) return ExitCodes.Usage;
            var (variants, slow) = common.Filter(parsed).Apply(tree.Scenarios);
            foreach (var planned in TargetOpener.Plan(parsed.GetValue(target)!, parsed.GetValue(dialect), tree))
            {
                await using ITarget t = await TargetOpener.OpenAsync(planned, null, cancel);
                var runner = new Runner(new RunOptions { Jobs = parsed.GetValue(jobs) }, new Quiet());
                TargetResult r = await runner.RunAsync(t, tree.Dialects[planned.Dialect], variants, cancel);
                Console.WriteLine($"{r.Target} {r.Failure} {string.Join(" ", Enum.GetValues<Verdict>().Select(v => v + "=" + r.Count(v)))} {r.Timeless} in {r.TimelessMilliseconds:0} ms = {r.TimelessMilliseconds / Math.Max(1, r.Timeless):0.000}");
                foreach (var x in r.Results.Where(x => !x.Timed && x.Transcript != null).OrderByDescending(x => x.Transcript!.Duration).Take(40)) Console.WriteLine($"   {x.Transcript!.Duration.TotalMilliseconds:0.0} {x.Variant.Name}");
                foreach (var x in r.Results.Where(x => x.IsRed)) Console.WriteLine($"  {x.Verdict} {x.Variant.Name}: {x.Reason}\n      exp {x.Expected?.Primary.Content} {x.Expected?.Primary.End} | {x.Expected?.Aux.Content} {x.Expected?.Aux.End}\n      got {x.Transcript?.Primary} | {x.Transcript?.Aux}");
                foreach (var x in r.Results.Where(x => x.Verdict is Verdict.Unspecified or Verdict.Unsupported).GroupBy(x => x.Reason)) Console.WriteLine($"  {x.First().Verdict} {x.Count()}: {x.Key}");
            }
            return 0;
        });
        return command;
    }

    private sealed class Quiet : IRunObserver
    {
        public void Started(ITarget target, int variants) { }
        public void Finished(VariantResult result) { }
    }
}
