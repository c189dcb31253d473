using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Every scenario with every segmentation in every dialect: what the scenario demands and what the model states must be one.</summary>
public class ScenarioAgreementTests(ITestOutputHelper output)
{
    private const int PrivilegedPort = 777;

    [Fact]
    public void The_model_contradicts_no_scenario()
    {
        List<Compared> all = Compare();
        Report("contradiction", [.. all.SelectMany(one => one.Contradictions.Select(what => $"{one.Dialect} {one.Variant.Name}: {what}"))]);
        Assert.Empty(all.SelectMany(one => one.Contradictions));
        Assert.InRange(all.Count, 10_000, int.MaxValue);
    }

    // Why: NuttX goes on with whatever its buffer held; whether a half-close comes before the error output is a race; Interix states nothing about
    // names, and its scenario is judged by what it does with any request for a second connection. Where the system's argument list is the limit, servers differ
    // in whether they read the NUL of a command that is one byte too long; and of 128 KiB not all has come for certain when a server closes.
    private static readonly Dictionary<string, int> s_leftOpen = new()
    {
        ["all: what a field is worth that was not finished: eof-in-command"] = 3,
        ["aux bytes: aux-half-closed-during-command"] = 2,
        ["all: reverse-name: no-reverse-name-aux"] = 2,
        ["primary end, closed only for Fin: command-131072"] = 16,
        ["primary end, closed only for Fin: command-131072-aux"] = 16,
        ["primary end, closed only for Rst: command-131071"] = 1,
        ["primary end, closed only for Rst: command-131072"] = 1,
        ["primary end, closed only for Rst: command-131072-aux"] = 1,
    };

    [Fact]
    public void What_a_scenario_demands_and_the_model_leaves_open_is_only_what_is_listed()
    {
        // What fuzzing found is of single daemons, and often just what no dialect states.
        IEnumerable<Compared> all = Compare().Where(one => !one.Variant.Scenario.Tags.Contains("fuzzed"));
        Dictionary<string, int> open = all
            .SelectMany(one => one.Stated.Unspecified is { } why
                ? [$"all: {Shorter(why, one.Dialect)}: {one.Variant.Scenario.Id}"]
                : Agreement.LeftOpen(one.Demanded, one.Stated).Select(what => $"{what}: {one.Variant.Scenario.Id}"))
            .GroupBy(text => text).ToDictionary(same => same.Key, same => same.Count());
        Report("left open", [.. open.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}")]);
        Assert.Equal(s_leftOpen, open);
    }

    private void Report(string title, List<string> lines)
    {
        output.WriteLine($"{title}: {lines.Count}");
        foreach (string line in lines.Take(400))
        {
            output.WriteLine("  " + line);
        }
    }

    private static string Shorter(string why, string dialect) => why.Replace(dialect + " says nothing about ", "", StringComparison.Ordinal);

    private static List<Compared> Compare()
    {
        var all = new List<Compared>();
        foreach (Dialect dialect in Suite.Tree.Dialects.Values)
        {
            foreach (Scenario scenario in Suite.Tree.Scenarios.Where(Drivable))
            {
                var predictor = new Predictor(dialect, Suite.Tree.Fixtures.Accounts, Shell.Sh, Suite.LinuxArgument)
                {
                    Setup = scenario.Setup,
                    RealShell = scenario.Needs.Contains("real-shell"),
                };
                foreach (Variant variant in Variant.Of(scenario))
                {
                    if (Compare(variant, dialect, predictor) is { } compared)
                    {
                        all.Add(compared);
                    }
                }
            }
        }

        return all;
    }

    // One client alone, on IPv4, who reads at once, is all that a case can be.
    private static bool Drivable(Scenario scenario) =>
        scenario.Others is null && !scenario.Setup.Options.Contains("disabled") && !scenario.Setup.IsExclusive && scenario.Captured is null;

    private static Compared? Compare(Variant variant, Dialect dialect, Predictor predictor)
    {
        Scenario scenario = variant.Scenario;
        int port = scenario.Aux.Mode == AuxMode.None ? 0 : scenario.Aux.Mode == AuxMode.Privileged ? PrivilegedPort : Cases.Port;
        var places = new Places(port, Suite.Tree.Fixtures.Accounts);
        Scenario inShell = TargetContext.WithShell(scenario, Shell.Sh)!;
        IReadOnlyList<WireStep> steps = (variant with { Scenario = inShell }).Expand(places);
        bool split = steps.Count(step => step is Send { Stream: Transcripts.StreamName.Primary }) > 1;
        ExpectedExchange? demanded = ExpectationResolver.Resolve(scenario, dialect, places, Suite.LinuxArgument, split, out _);
        if (demanded is null)
        {
            return null;
        }

        PredictedAnswer stated = predictor.Predict(Cases.Of(scenario, variant.Fragmentation), port);
        TimeSpan least = Sum(scenario.Send, step => step is PauseStep pause ? pause.Duration : TimeSpan.Zero);
        TimeSpan most = least + Sum(scenario.Send, step => step switch
        {
            AwaitAuxStep aux => aux.Within,
            AwaitBytesStep bytes => bytes.Within,
            AwaitEndStep end => end.Within,
            _ => TimeSpan.Zero,
        });
        return new Compared(variant, dialect.Name, demanded, stated, Agreement.Contradictions(demanded, stated, least, most));
    }

    private static TimeSpan Sum(IEnumerable<SendStep> steps, Func<SendStep, TimeSpan> time) => steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + time(step));

    private sealed record Compared(Variant Variant, string Dialect, ExpectedExchange Demanded, PredictedAnswer Stated, List<string> Contradictions);
}
