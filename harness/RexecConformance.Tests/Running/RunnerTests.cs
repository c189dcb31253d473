using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Tests.Scenarios;

namespace RexecConformance.Tests.Running;

/// <summary>The verdicts beyond pass and fail, with a server that answers NUL and "out" to all that ends its request.</summary>
[Trait("needs", "loopback")]
public sealed class RunnerTests : IAsyncLifetime
{
    private static readonly Basis s_basis = new(BasisKind.Observed, "this test", null, null);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;
    private int _connections;

    private static Scenario Right { get; } = Texts.Scenario("id: a-case", "id: right");

    private static Scenario Wrong { get; } = Texts.Scenario("stdout: \"out\\n\"", "stdout: \"in\\n\"") with { Id = "wrong" };

    [Fact]
    public async Task Pass_and_fail()
    {
        TargetResult result = await RunAsync([Right, Wrong]);
        Assert.Equal([Verdict.Pass, Verdict.Fail], result.Results.Select(r => r.Verdict));
        Assert.Equal([false, true], result.Results.Select(r => r.IsRed));
        Assert.Null(result.Failure);
    }

    [Fact]
    public async Task A_listed_deviation_that_fails_is_xfail_and_one_that_passes_xpass()
    {
        TargetResult result = await RunAsync([Right, Wrong], new Deviation("right#whole", "was broken"), new Deviation("wr*", "known"));
        Assert.Equal([Verdict.Xpass, Verdict.Xfail], result.Results.Select(r => r.Verdict));
        Assert.Equal([true, false], result.Results.Select(r => r.IsRed));
        Assert.Equal("known", result.Results[1].Reason);
        Assert.Contains("was broken", result.Results[0].Reason);
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("right#whole", true)]
    [InlineData("right#per-byte", false)]
    [InlineData("ri?ht", true)]
    [InlineData("*", true)]
    [InlineData("*#per*", false)]
    [InlineData("righ", false)]
    public void A_deviation_covers(string pattern, bool covers) =>
        Assert.Equal(covers, new Deviation(pattern, "x").Covers(new Variant(Right, new WholeFragmentation())));

    [Fact]
    public async Task What_depends_on_a_failure_is_blocked_if_it_fails_too()
    {
        Scenario blocked = Wrong with { Id = "blocked", DependsOn = ["wrong"] };
        Scenario fine = Right with { Id = "fine", DependsOn = ["wrong"] };
        Scenario own = Wrong with { Id = "own", DependsOn = ["right"] };
        TargetResult result = await RunAsync([Right, Wrong, blocked, fine, own]);
        Assert.Equal([Verdict.Pass, Verdict.Fail, Verdict.Blocked, Verdict.Pass, Verdict.Fail], result.Results.Select(r => r.Verdict));
        Assert.Equal("wrong failed", result.Results[2].Reason);
    }

    [Fact]
    public async Task What_the_target_lacks_is_unsupported_and_not_driven()
    {
        Scenario[] all =
        [
            Right with { Id = "a", Needs = ["time-machine"] },
            Right with { Id = "b", Setup = new ServerSetup(["fork"], []) },
            Right with { Id = "c", Network = AddressFamily.InterNetworkV6 },
            Texts.Scenario("  - username: good", "  - username: ${stranger.name}") with { Id = "d" },
        ];
        TargetResult result = await RunAsync(all);
        Assert.All(result.Results, r => Assert.Equal(Verdict.Unsupported, r.Verdict));
        Assert.Equal(
            ["the target lacks 'time-machine'", "the target lacks 'fault:fork'", "the target lacks 'ipv6'", "the target has no account 'stranger'"],
            result.Results.Select(r => r.Reason));
        Assert.Equal(2, _connections); // the canary, before and after
    }

    [Fact]
    public async Task What_the_dialect_says_nothing_about_is_unspecified_and_not_driven()
    {
        Scenario asks = Texts.Scenario("  - accepted:", "  - when: { root-login: allowed }\n    accepted:");
        Scenario other = Texts.Scenario("  - accepted:", "  - when: { status-stream: stderr }\n    accepted:") with { Id = "other" };
        TargetResult result = await RunAsync([asks, other]);
        Assert.All(result.Results, r => Assert.Equal(Verdict.Unspecified, r.Verdict));
        Assert.Equal(["test says nothing about root-login", "no alternative of the scenario is for test"], result.Results.Select(r => r.Reason));
    }

    [Theory]
    [InlineData(EndRule.Open, Verdict.Fail)]
    [InlineData(null, Verdict.Xfail)]
    public async Task A_deviation_that_fails_in_another_way_is_red(EndRule? end, Verdict expected)
    {
        var deviation = new Deviation("wrong", "known") { Observed = new ObservedExchange(new ObservedStream(true, null, end), null) };
        Assert.Equal(expected, Assert.Single((await RunAsync([Wrong], deviation)).Results).Verdict);
    }

    [Fact]
    public async Task A_suggested_deviation_has_all_but_its_reason()
    {
        string file = Path.GetTempFileName();
        try
        {
            using (StreamWriter output = File.CreateText(file))
            {
                Assert.Equal(1, DeviationStubs.Write(output, await RunAsync([Wrong]), new DateOnly(2026, 11, 21)));
            }

            var problems = new List<RexecConformance.Yaml.Problem>();
            _ = DeviationFile.Read(file, problems, [.. Variant.Of(Wrong)]);
            Assert.Contains("has an empty reason", Assert.Single(problems).Text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Cancellation_keeps_what_there_is()
    {
        using var cancel = new CancellationTokenSource();
        Scenario waits = Texts.Scenario("  - port: \"0\"", "  - pause: 60s\n  - port: \"0\"") with { Id = "waits" };
        TargetResult result = await RunAsync([Right, waits], cancel: cancel, seen: _ => Task.Run(cancel.Cancel));
        Assert.Equal("interrupted", result.Failure);
        Assert.Equal("right", Assert.Single(result.Results).Variant.Scenario.Id);
    }

    public Task InitializeAsync()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _serving = ServeAsync();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task<TargetResult> RunAsync(
        IReadOnlyList<Scenario> scenarios, Deviation? first = null, Deviation? second = null, CancellationTokenSource? cancel = null, Action<VariantResult>? seen = null)
    {
        Deviation?[] deviations = [first, second];
        string address = $"127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";
        var profile = new TargetProfile { Dialect = "test", Deviations = [.. deviations.OfType<Deviation>()], Capabilities = new HashSet<string>() };
        await using TcpTarget target = await TcpTarget.OpenAsync("tcp:" + address, address, profile, CancellationToken.None);
        var dialect = new Dialect
        {
            Name = "test",
            Title = "Test",
            Properties = new[] { ("status-stream", "primary"), ("aux-connect", "after-port") }
                .ToDictionary(p => p.Item1, p => new DialectProperty(p.Item1, p.Item2, s_basis)),
            Diagnostics = new Dictionary<string, Diagnostic>(),
            File = "test.yaml",
        };
        return await new Runner(new RunOptions { Jobs = 4 }, new Observer(seen)).RunAsync(
            target, dialect, [.. scenarios.SelectMany(Variant.Of)], cancel?.Token ?? CancellationToken.None);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _listener.AcceptAsync(_stop.Token);
                _connections++;
                string request = "";
                byte[] buffer = new byte[4096];
                while (request.Count(c => c == '\0') < 4 && await client.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
                {
                    request += Encoding.Latin1.GetString(buffer, 0, count);
                }

                await client.SendAsync("\0out\n"u8.ToArray(), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private sealed class Observer(Action<VariantResult>? seen) : IRunObserver
    {
        public void Started(ITarget target, int variants)
        {
        }

        public void Finished(VariantResult result) => seen?.Invoke(result);
    }
}
