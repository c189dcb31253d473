using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests;

/// <summary>Nothing is red where server and dialect are the same.</summary>
public sealed class GreenTest(GreenRuns runs) : IClassFixture<GreenRuns>
{
    public static TheoryData<string> Dialects => [.. Rexecd.Dialect.Names];

    // What these tests are about is how the suite runs, not what a dialect says: one dialect for each way to serve a session.
    public static TheoryData<string> Leading => [.. Families.Leading];

    [Fact]
    public void Both_readings_have_the_same_dialects() => Assert.Equal(Suite.Tree.Dialects.Keys.Order(), Rexecd.Dialect.Names.Order());

    [Theory]
    [MemberData(nameof(Dialects))]
    [Trait("needs", "loopback")]
    public async Task The_reference_server_is_green(string dialect) => Green(await runs.OfAsync(dialect));

    [Theory]
    [MemberData(nameof(Leading))]
    [Trait("needs", "loopback")]
    public async Task One_after_the_other_and_many_at_once_have_the_same_verdicts(string dialect)
    {
        TargetResult[] results = await Task.WhenAll(new[] { 1, 32 }.Select(jobs => ReferenceAsync(dialect, new RunOptions { Jobs = jobs, TimedJobs = 64 })));
        Assert.Equal(Verdicts(results[0]), Verdicts(results[1]));
    }

    internal static async Task<TargetResult> ReferenceAsync(string dialect, RunOptions options)
    {
        await using ReferenceTarget target = Start(dialect);
        return await Suite.RunAsync(target, Suite.Variants(), options);
    }

    private static ReferenceTarget Start(string dialect) =>
        ReferenceTarget.Start("reference:" + dialect, new TargetProfile { Dialect = dialect }, Rexecd.Dialect.Load(dialect));

    internal static void Green(TargetResult result)
    {
        Assert.Null(result.Failure);
        Assert.Empty(result.Results.Where(r => r.Verdict is not (Verdict.Pass or Verdict.Unspecified or Verdict.Unsupported)).Select(r => $"{r.Variant.Name} {r.Verdict}: {r.Reason}"));
        int least = Families.LittleKnown.Contains(result.Dialect) ? 10 : result.Results.Count / 3;
        Assert.True(result.Count(Verdict.Pass) > least, "most of the cases were not driven");
    }

    private static string[] Verdicts(TargetResult result) => [.. result.Results.Select(r => $"{r.Variant.Name} {r.Verdict} {r.Reason}")];
}
