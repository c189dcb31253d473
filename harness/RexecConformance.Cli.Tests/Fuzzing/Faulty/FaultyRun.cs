using System.Diagnostics;
using RexecConformance.Cli.Commands;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Fuzzing.Faulty;

/// <summary>What the verb <c>fuzz</c> found of a faulty server.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Finds">The finds of its corpus.</param>
/// <param name="Seconds">How long it took, shrinking included.</param>
internal sealed record FaultyRun(int ExitCode, IReadOnlyList<FuzzFind> Finds, double Seconds)
{
    /// <summary>Runs it until the first find, at most ten seconds.</summary>
    /// <param name="targets">One target, or two.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="jobs">Cases at once, or null for as many as is usual.</param>
    public static async Task<FaultyRun> RunAsync(IReadOnlyList<string> targets, ulong seed = 1, int? jobs = null)
    {
        string corpus = Directory.CreateTempSubdirectory("fuzz-faulty-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            int exitCode = await new FuzzSession
            {
                Scenarios = Repository.Scenarios,
                Targets = targets,
                Time = TimeSpan.FromSeconds(10),
                Seed = seed,
                Jobs = jobs,
                MaxFinds = 1,
                Corpus = corpus,
            }.RunAsync(default);
            string folder = Path.Combine(corpus, "finds");
            return new FaultyRun(exitCode, Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Select(FindFile.Read)] : [], clock.Elapsed.TotalSeconds);
        }
        finally
        {
            Directory.Delete(corpus, recursive: true);
        }
    }

    /// <summary>How often a case has to do with the auxiliary connection, beside asking for one and taking it.</summary>
    public static int AuxEvents(FuzzFind find) => (find.Smallest.Aux.Mode is AuxMode.None or AuxMode.Listen ? 0 : 1) + find.Smallest.Send.Count(step => step
        is SignalStep or HalfCloseStep { Stream: StreamName.Aux } or CloseStep { Stream: StreamName.Aux } or ResetStep { Stream: StreamName.Aux });
}
