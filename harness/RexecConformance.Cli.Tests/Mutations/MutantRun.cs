using System.Text;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>What the suite said of a mutant.</summary>
/// <param name="Found">The red result that gave the mutant away, or null.</param>
/// <param name="Red">Ids that were red when the run was stopped: at once after <paramref name="Found"/>.</param>
internal sealed record MutantRun(VariantResult? Found, IReadOnlyList<string> Red)
{
    /// <summary>Serves the mutant and runs the suite, until the mutant is found or all is driven.</summary>
    public static async Task<MutantRun> RunAsync(Mutant mutant, IReadOnlyList<Variant> variants)
    {
        Rexecd.Dialect served = Rexecd.Dialect.Load(mutant.Dialect).With(mutant.Entry, mutant.Value);
        await using ReferenceTarget target = ReferenceTarget.Start(mutant.Name, new TargetProfile { Dialect = mutant.Dialect }, served);
        using var found = new CancellationTokenSource();
        VariantResult? first = null;
        TargetResult result = await Suite.RunAsync(
            target,
            variants,
            new RunOptions { Jobs = 8, Canary = false },
            seen =>
            {
                if (seen.Verdict == Verdict.Fail && IsAbout(mutant, seen) && Interlocked.CompareExchange(ref first, seen, null) is null)
                {
                    // From another thread: the run must not be cancelled from within itself.
                    _ = Task.Run(found.Cancel);
                }
            },
            found.Token);
        Assert.DoesNotContain(result.Results, r => r.Verdict == Verdict.Error);
        Assert.True(first is not null || result.Failure is null, result.Failure);
        await Task.WhenAny(Task.Delay(-1, found.Token), Task.Delay(first is null ? 0 : 1000));
        return new MutantRun(first, [.. Suite.RedIds(result)]);
    }

    /// <summary>A changed text must be seen as wrong bytes with that text among them; for all else any failure will do.</summary>
    private static bool IsAbout(Mutant mutant, VariantResult seen) => mutant.Text is not { } text
        || seen.Findings.Any(finding => finding is { Kind: FindingKind.Bytes, Stream: { } stream } && Received(seen, stream).Contains(text, StringComparison.Ordinal));

    private static string Received(VariantResult seen, StreamName stream) => Encoding.Latin1.GetString(seen.Transcript!.Stream(stream).Bytes);
}
