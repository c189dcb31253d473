using System.Runtime.Versioning;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Comparing;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using Xunit.Abstractions;

namespace RexecConformance.Cli.Tests.Processes;

/// <summary>
/// Debian's daemon and the reference server as Debian's, with the same accounts, the same PAM and the same shells, can't be
/// told apart: bytes, ends, segments, the order of the connections.
/// </summary>
/// <param name="output">The figures.</param>
[SupportedOSPlatform("linux")]
[Trait("needs", "daemon")]
public sealed class DebianTranscriptsTest(ITestOutputHelper output)
{
    private const string Reference = "reference:debian,accounts=system,commands=login";
    private const int AtLeast = 400; // variants that both were driven with

    [SkippableFact]
    public async Task Every_scenario_gives_the_same_on_both()
    {
        Needs.DebianDaemon();
        IReadOnlyList<Variant> all = Suite.Variants();
        TargetResult[] both = await Task.WhenAll(RunAsync("inetd:" + Needs.Daemon, all), RunAsync(Reference, all));
        Assert.All(both, result => Assert.Null(result.Failure));
        var daemon = both[0].Results.ToDictionary(r => r.Variant.Name);
        var compared = new List<VariantResult>();
        var different = new List<string>();
        foreach (VariantResult reference in both[1].Results)
        {
            VariantResult real = daemon[reference.Variant.Name];
            if (real.Exchanges.Count == 0 || reference.Exchanges.Count == 0)
            {
                // What only the reference server can be started with (faults, options) is the one thing that the daemon may lack.
                Assert.True(
                    real.Exchanges.Count == reference.Exchanges.Count || !reference.Variant.Scenario.Setup.IsPlain,
                    $"{reference.Variant.Name} was driven on one of them only: {real.Verdict} {real.Reason}, {reference.Verdict} {reference.Reason}");
                continue;
            }

            compared.AddRange([real, reference]);
            IReadOnlyList<string> expected = DebianTranscript.Of(real);
            IReadOnlyList<string> seen = DebianTranscript.Of(reference);
            if (!expected.SequenceEqual(seen) || new ComparedRow(reference.Variant.Name, [ComparedCell.Of(real), ComparedCell.Of(reference)]).Differs)
            {
                different.Add($"{reference.Variant.Name}\n  daemon:    {string.Join("\n             ", expected)}\n  reference: {string.Join("\n             ", seen)}");
            }
        }

        output.WriteLine($"{compared.Count / 2} variants compared, {different.Count} different");
        Assert.True(different.Count == 0, string.Join("\n", different));
        Assert.True(compared.Count / 2 > AtLeast, $"only {compared.Count / 2} variants were compared");
        Assert.Empty(compared.Where(r => r.IsRed).Select(r => $"{r.Target} {r.Variant.Name}: {r.Reason}"));
    }

    private static async Task<TargetResult> RunAsync(string text, IReadOnlyList<Variant> variants)
    {
        await using ITarget target = await TargetOpener.OpenAsync(TargetOpener.Plan([text], "debian", Suite.Tree)[0], Suite.Tree.Fixtures, CancellationToken.None);
        return await Suite.RunAsync(target, variants);
    }
}
