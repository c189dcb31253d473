using System.Collections.Concurrent;
using System.Text;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Tests.Doubles;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Running;

/// <summary>Whole runs over servers of a few lines: what is found, what is not, and what is counted.</summary>
public sealed class FuzzRunTest : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_server_as_its_dialect_gives_no_find_and_its_replies_are_counted()
    {
        FuzzResult result = await _runs.RunAsync(new Server());
        Assert.Empty(result.Finds);
        Assert.Null(result.Failure);
        Assert.Equal((500, 0L, 500L), (result.Cases, result.Numbers.From, result.Numbers.To));
        Assert.Equal(["never-seen", "silent-close"], result.Replies.Where(reply => reply.Count == 0).Select(reply => reply.Reply).Order());
        Assert.Equal(500, result.Replies.Sum(reply => reply.Count));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(15)]
    public async Task A_limit_that_is_off_by_one_is_one_find_of_exactly_that_length(int limit)
    {
        FuzzResult result = await _runs.RunAsync(new Server { Limit = limit });
        FuzzFind find = Assert.Single(result.Finds);
        Assert.Equal(limit < 14 ? "prediction-double-primary-bytes-unknown-user-seen-username-too-long" : "prediction-double-primary-bytes-username-too-long-seen-login-incorrect", find.Kind);
        Assert.Equal($"\0{new string('x', Math.Max(14, limit))}\0\0\0", Encoding.Latin1.GetString(find.Request));
        Assert.True(find.Shrunk);
        Assert.Equal(find.Kind, FindFile.Read(Path.Combine(_runs.Folder, "finds", find.Kind + ".json")).Kind);
    }

    [Fact]
    public async Task The_same_mistake_is_found_between_two_servers_too_and_only_once()
    {
        FuzzResult result = await _runs.RunAsync(new Server(), new Server { Name = "double:other", Limit = 15 });
        FuzzFind find = Assert.Single(result.Finds);
        Assert.Equal(1, find.Guilty);
        Assert.Equal(["double:server", "double:other"], find.Sides.Select(side => side.Target));
    }

    [Fact]
    public async Task Of_one_dialect_any_difference_is_a_find_where_the_dialect_states_nothing()
    {
        Server[] two = [new Server(), new Server { Mistake = (_, _, outcome) => outcome with { Primary = outcome.Primary with { Bytes = [1, .. "Go away\n"u8] } } }];
        var examiner = new Examiner(new FuzzLane([.. two.Select(server => new FuzzParty(server, new Reading { States = false }))]), Runs.Vocabulary, known: false);
        FuzzResult result = await _runs.RunAsync(examiner);
        Assert.All(result.Finds, find => Assert.Contains(find.Oracle, new[] { "difference", "vocabulary" }));
        Assert.NotEmpty(result.Finds);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task What_two_dialects_allow_is_counted_and_a_find_only_if_asked_for(bool known, int finds)
    {
        FuzzParty[] two =
        [
            new(new Server(), new Reading()),
            new(new Server { Dialect = "wider", Limit = 20 }, new Reading { Dialect = "wider", Limit = 20 }),
        ];
        FuzzResult result = await _runs.RunAsync(new Examiner(new FuzzLane(two), Runs.Vocabulary, known));
        Assert.Equal(finds, result.Finds.Count);
        Assert.True(result.KnownDifferences > 20);
    }

    [Fact]
    public async Task What_shows_once_over_sockets_is_counted_and_no_find()
    {
        int asked = 0;
        var server = new Server
        {
            InMemory = false,
            Mistake = (_, _, outcome) => Interlocked.Increment(ref asked) == 100 ? outcome with { Primary = outcome.Primary with { End = StreamEnd.Open } } : outcome,
        };
        FuzzResult result = await _runs.RunAsync(server);
        Assert.Empty(result.Finds);
        Assert.Equal(1, result.NotRepeated);
        Assert.Equal("prediction-double-primary-end-", Assert.Single(result.Fleeting)[..30]);
    }

    [Fact]
    public async Task What_shows_every_other_time_over_sockets_is_a_find_that_says_so()
    {
        var seen = new ConcurrentDictionary<string, int>();
        var server = new Server
        {
            InMemory = false,
            Mistake = (_, request, outcome) => request.Contains("bbbb", StringComparison.Ordinal) && seen.AddOrUpdate(request, 1, (_, times) => times + 1) % 2 == 1
                ? outcome with { Primary = outcome.Primary with { End = StreamEnd.Open } }
                : outcome,
        };
        FuzzResult result = await _runs.RunAsync(server);
        FuzzFind find = result.Finds[0];
        Assert.InRange(find.Repeats.Shown, 2, find.Repeats.Asked - 1);
    }

    [Fact]
    public async Task Cases_that_are_not_harmless_are_withheld_from_a_real_shell()
    {
        FuzzResult result = await _runs.RunAsync(new Server { RealShell = true });
        Assert.Equal((0, 500), (result.Cases, result.Withheld));
    }

    [Fact]
    public async Task A_fault_of_the_suite_names_its_case_and_ends_the_run()
    {
        var server = new Server { Before = (one, _) => one.Origin.Number == 77 ? throw new InvalidOperationException("no good") : Task.CompletedTask };
        FuzzResult result = await _runs.RunAsync(server);
        Assert.Equal((true, "case 77 of seed 1: InvalidOperationException: no good"), (result.OwnFault, result.Failure));
        Assert.True(result.Numbers.To <= 77);
    }

    [Fact]
    public async Task What_is_left_behind_is_found_by_looking_at_the_server_and_the_case_is_named()
    {
        var server = new Server { Leaves = request => request.Contains("\0\0p", StringComparison.Ordinal) || request.StartsWith("\0\0", StringComparison.Ordinal) };
        FuzzResult result = await _runs.RunAsync(server);
        FuzzFind find = Assert.Single(result.Finds);
        Assert.Equal("trouble-server-seen-descriptors-more-than-at-the-start", find.Kind);
        Assert.Contains("\0\0", Encoding.Latin1.GetString(find.Request), StringComparison.Ordinal);
        Assert.Contains("descriptors more", find.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_goes_ends_the_run_with_a_find_of_a_case_under_way()
    {
        int asked = 0;
        using var runs = new Runs { Options = _runs.Options with { End = null } };
        var server = new Server
        {
            InMemory = false,
            Mistake = (_, _, outcome) => Interlocked.Increment(ref asked) < 100 ? outcome : outcome with { Primary = OutcomeStream.None, Trouble = "connection refused" },
        };
        FuzzResult result = await runs.RunAsync(server);
        FuzzFind find = Assert.Single(result.Finds);
        Assert.Equal(("trouble", true, false), (find.Oracle, find.Shrunk, result.OwnFault));
        Assert.Contains("serves nobody any more", find.Title, StringComparison.Ordinal);
        Assert.Equal("double:server: serves nobody any more: connection refused", result.Failure);
        Assert.InRange(result.Seconds, 0, 20); // of 30
        Assert.True(result.Cases >= 90);
    }

    [Fact]
    public async Task The_bounds_of_finds_and_of_rate_are_kept()
    {
        using var runs = new Runs { Options = _runs.Options with { MaxFinds = 1, Rate = 100, End = 60 } };
        FuzzResult slow = await runs.RunAsync(new Server());
        Assert.InRange(slow.Rate, 1, 115);
        using var many = new Runs { Options = _runs.Options with { MaxFinds = 2, End = null, Jobs = 1 } };
        FuzzResult result = await many.RunAsync(new Server
        {
            Mistake = (one, _, outcome) => outcome with { Trouble = one.Origin.Number < 40 ? null : $"crash of {(char)('a' + (one.Origin.Number % 20))}" },
        });
        Assert.Equal(2, result.Finds.Count);
    }

    [Fact]
    public async Task A_cancelled_run_ends_within_a_second_and_keeps_what_it_found()
    {
        using var runs = new Runs { Options = _runs.Options with { End = null, Time = TimeSpan.FromMinutes(5) } };
        using var cancel = new CancellationTokenSource();
        var server = new Server
        {
            InMemory = false,
            Limit = 15,
            Before = async (one, stop) =>
            {
                if (one.Origin.Number == 300)
                {
                    await cancel.CancelAsync();
                    await Task.Delay(Timeout.Infinite, stop);
                }
            },
        };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        FuzzResult result = await runs.RunAsync(Runs.Examiner(known: false, server), cancel: cancel.Token);
        Assert.True(result.Interrupted);
        Assert.Single(result.Finds);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }
}
