using System.Collections.Concurrent;
using RexecConformance.Fuzzing.Corpus;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Running;

/// <summary>A run that goes on: no number is lost, what was found stays, the corpus is asked first.</summary>
public sealed class ResumeTest : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Numbers_of_an_interrupted_run_and_of_the_next_have_no_gap()
    {
        var first = new ConcurrentBag<long>();
        using var cancel = new CancellationTokenSource();
        FuzzResult before = await _runs.RunAsync(Runs.Examiner(known: false, Recording(first, at: 200, cancel)), cancel: cancel.Token);
        Assert.True(before.Interrupted);
        var second = new ConcurrentBag<long>();
        FuzzResult after = await _runs.RunAsync(Runs.Examiner(known: false, Recording(second, at: -1, cancel)), resume: true);
        Assert.Equal(before.Numbers.To, after.Numbers.From);
        Assert.Equal(500, after.Numbers.To);
        Assert.Equal(Enumerable.Range(0, 500).Select(number => (long)number), first.Concat(second).Distinct().Order());
    }

    [Fact]
    public async Task What_was_found_before_is_in_the_result_and_is_not_found_again()
    {
        _ = await _runs.RunAsync(new Server { Limit = 15 });
        DateTime written = File.GetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(_runs.Folder, "finds"))[0]);
        FuzzResult after = await _runs.RunAsync(Runs.Examiner(known: false, new Server { Limit = 15 }), resume: true);
        _ = Assert.Single(after.Finds);
        Assert.Equal(0, after.Cases);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(_runs.Folder, "finds"))[0]));
    }

    [Fact]
    public async Task A_find_that_there_was_no_time_for_is_made_smaller_first()
    {
        FuzzResult before = await _runs.RunAsync(new Server { Limit = 15 });
        FuzzFind large = before.Finds[0] with { Shrunk = false, Smallest = before.Finds[0].Case };
        _ = FindFile.Write(Path.Combine(_runs.Folder, "finds"), large);
        FuzzResult after = await _runs.RunAsync(Runs.Examiner(known: false, new Server { Limit = 15 }), resume: true);
        Assert.True(after.Finds[0].Shrunk);
        Assert.Equal(before.Finds[0].Request, after.Finds[0].Request);
    }

    [Fact]
    public async Task A_new_run_asks_the_corpus_first()
    {
        _ = await _runs.RunAsync(new Server());
        int kept = File.ReadLines(Path.Combine(_runs.Folder, "journal.jsonl")).Count();
        Assert.InRange(kept, 2, 20);
        FuzzResult again = await _runs.RunAsync(new Server());
        Assert.Equal(500 + kept, again.Asked);
        Assert.Equal(kept, File.ReadLines(Path.Combine(_runs.Folder, "journal.jsonl")).Count());
    }

    [Fact]
    public async Task A_find_is_in_the_state_as_soon_as_it_is_kept()
    {
        using var runs = new Runs { Options = new FuzzOptions { Seed = 1, End = 500, Time = TimeSpan.FromSeconds(30), Jobs = 1, Grace = TimeSpan.FromSeconds(5) } };
        IReadOnlyList<string>? kinds = null;
        var server = new Server
        {
            Limit = 15,
            InMemory = false,
            Before = (one, _) =>
            {
                kinds = one.Origin.Number == 499 ? CorpusState.Read(File.ReadAllBytes(Path.Combine(runs.Folder, "state.json"))).Kinds : kinds;
                return Task.CompletedTask;
            },
        };
        FuzzResult result = await runs.RunAsync(server);
        Assert.Equal(result.Finds.Select(find => find.Kind), kinds);
        Assert.NotEmpty(kinds!);
    }

    [Fact]
    public async Task A_state_that_can_not_be_written_ends_the_run()
    {
        using var runs = new Runs { Options = new FuzzOptions { Seed = 1, End = 1_000_000_000, Time = TimeSpan.FromSeconds(30), Jobs = 1 } };
        string state = Path.Combine(runs.Folder, "state.json");
        var server = new Server
        {
            Before = (one, cancel) =>
            {
                if (one.Origin.Number == 100)
                {
                    File.Delete(state);
                    _ = Directory.CreateDirectory(Path.Combine(state, "in-the-way"));
                }

                return Task.CompletedTask;
            },
        };
        Task<FuzzResult> run = runs.RunAsync(server);
        CorpusException e = await Assert.ThrowsAsync<CorpusException>(() => run.WaitAsync(TimeSpan.FromSeconds(15)));
        Assert.Contains("state.json: can't be written", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_for_minutes_is_asked_first_in_memory_alone(bool inMemory)
    {
        FuzzCase slow = NameCases.Login("slow") with { Send = [.. NameCases.Login("slow").Send, new PauseStep(TimeSpan.FromMinutes(2))] };
        using (CorpusFolder corpus = CorpusFolder.Open(_runs.Folder))
        {
            corpus.Journal.Add(slow);
            corpus.Journal.Add(NameCases.Login("quick"));
        }

        FuzzResult result = await _runs.RunAsync(new Server { InMemory = inMemory });
        Assert.Equal(500 + (inMemory ? 2 : 1), result.Asked);
    }

    private static Server Recording(ConcurrentBag<long> numbers, long at, CancellationTokenSource cancel) => new()
    {
        InMemory = false,
        Before = async (one, stop) =>
        {
            if (one.Origin.Number == at)
            {
                await cancel.CancelAsync();
            }

            stop.ThrowIfCancellationRequested();
            numbers.Add(one.Origin.Number);
        },
    };
}
