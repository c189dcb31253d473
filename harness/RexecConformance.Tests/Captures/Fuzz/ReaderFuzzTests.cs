using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace RexecConformance.Tests.Captures.Fuzz;

/// <summary>
/// Damaged captures without end, for REXEC_FUZZ_SECONDS (60): those that had an outcome not seen before are damaged further.
/// REXEC_FUZZ_SEED repeats a run, as far as the machine is as fast.
/// </summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output)
{
    private const int MostInCorpus = 4000;

    // Far above what the slowest input takes on a busy machine.
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(20);

    private readonly List<byte[]> _corpus = [.. Corpus().Where(bytes => bytes.Length <= CaptureMutator.Longest)];
    private readonly HashSet<string> _outcomes = [];
    private volatile byte[] _current = [];
    private long _begun;
    private volatile string? _failure;
    private int _inputs;

    [Fact]
    public void NoInputBreaksTheReader()
    {
        var seed = Number("REXEC_FUZZ_SEED", Environment.TickCount);
        var seconds = Number("REXEC_FUZZ_SECONDS", 60);
        Assert.NotEmpty(_corpus);
        // A thread of its own, so that one that hangs is seen and its input is told.
        var thread = new Thread(() => Run(new Random(seed), TimeSpan.FromSeconds(seconds))) { IsBackground = true };
        _begun = Stopwatch.GetTimestamp();
        thread.Start();
        while (!thread.Join(200))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _begun)) > LongestInput)
            {
                _failure ??= $"an input took more than {LongestInput.TotalSeconds} s";
                break;
            }
        }

        output.WriteLine($"seed {seed}: {_inputs} inputs, {_outcomes.Count} outcomes, {_corpus.Count} in the corpus");
        if (_failure is not null)
        {
            output.WriteLine(Convert.ToBase64String(_current));
            Assert.Fail($"seed {seed}: {_failure}\ninput as base64: {Convert.ToBase64String(_current)}");
        }

        // A run that finds nothing new does not fuzz.
        Assert.InRange(_outcomes.Count, 30, int.MaxValue);
    }

    private void Run(Random random, TimeSpan duration)
    {
        var mutator = new CaptureMutator(random);
        foreach (var input in _corpus.ToList())
        {
            Try(input, keep: false);
        }

        for (var begun = Stopwatch.GetTimestamp(); _failure is null && Stopwatch.GetElapsedTime(begun) < duration;)
        {
            Try(mutator.Mutate(_corpus), keep: true);
        }
    }

    private void Try(byte[] input, bool keep)
    {
        _current = input;
        _inputs++;
        Volatile.Write(ref _begun, Stopwatch.GetTimestamp());
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = CaptureOutcome.Read(input);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > CaptureOutcome.AllocatedAtAll + (CaptureOutcome.AllocatedPerByte * CaptureOutcome.Unpacked(input)))
            {
                _failure = $"{allocated} bytes were allocated for an input of {input.Length}";
            }
            else if (_outcomes.Add(outcome) && keep && _corpus.Count < MostInCorpus)
            {
                _corpus.Add(input);
            }
        }
        catch (Exception e)
        {
            _failure = e.ToString();
        }
    }

    private static IEnumerable<byte[]> Corpus() =>
    [
        .. CaptureFiles.AllCommitted.Select(File.ReadAllBytes),
        .. CaptureFiles.AllShared.Select(name => File.ReadAllBytes(Path.Combine(CaptureFiles.SharedFolder, name))),
        .. FuzzSeeds.All,
    ];

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
