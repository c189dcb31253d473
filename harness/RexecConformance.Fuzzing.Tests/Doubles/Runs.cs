using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Running;
using Suite = RexecConformance.Fuzzing.Tests.Prediction.Suite;

namespace RexecConformance.Fuzzing.Tests.Doubles;

/// <summary>Runs over doubles in a folder of their own.</summary>
internal sealed class Runs : IDisposable
{
    public static Vocabulary Vocabulary { get; } = new(Suite.Tree.Dialects.Values);

    public string Folder { get; } = Directory.CreateTempSubdirectory("fuzz-test-").FullName;

    public List<string> Warnings { get; } = [];

    public FuzzOptions Options { get; init; } = new() { Seed = 1, End = 500, Time = TimeSpan.FromSeconds(30), Jobs = 4, Grace = TimeSpan.FromSeconds(5) };

    public IFuzzGenerator Generator { get; init; } = new NameCases();

    public static Examiner Examiner(bool known, params IFuzzTarget[] targets) => new(
        new FuzzLane([.. targets.Select(target => new FuzzParty(target, new Reading { Dialect = target.Dialect }))]), Vocabulary, known);

    public static Examiner Examiner(IFuzzTarget target, IPredictor reading) => new(new FuzzLane([new FuzzParty(target, reading)]), Vocabulary, known: false);

    public Task<FuzzResult> RunAsync(params IFuzzTarget[] targets) => RunAsync(Examiner(known: false, targets));

    public async Task<FuzzResult> RunAsync(Examiner examiner, bool resume = false, CancellationToken cancel = default)
    {
        using CorpusFolder corpus = CorpusFolder.Open(Folder);
        return await new FuzzRun([examiner], Generator, (_, _) => false, Options, corpus, resume ? corpus.ReadState() : null).RunAsync(Warnings.Add, cancel);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
