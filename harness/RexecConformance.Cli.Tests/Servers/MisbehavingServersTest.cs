using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Servers;

/// <summary>Whatever a server does, the suite ends in bounded time with a verdict or one line on what is wrong with the target.</summary>
[Trait("needs", "loopback")]
public sealed class MisbehavingServersTest
{
    // The canary waits 8 s for an answer; a case 10 s for what it awaits and 10 s for the end. All cases run at once here.
    private const int CanarySeconds = 15;
    private const int RunSeconds = 30;
    private static readonly RunOptions s_allAtOnce = new() { Jobs = 256, Canary = false };

    public static TheoryData<string> Kinds => ["closes at once", "never answers", "sends a megabyte", "sends without end", "sends garbage", "dies", "resets", "echoes", "says yes"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task With_the_canary_it_is_one_clear_failure(string kind)
    {
        await using BadServer server = Server(kind);
        var clock = Stopwatch.StartNew();
        TargetResult result = await RunAsync(server.Address, new RunOptions { Jobs = 32 }, Some);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, CanarySeconds + (kind == "says yes" ? RunSeconds : 0));
        if (kind == "says yes")
        {
            // It passes the canary, as any server that answers NUL: then each case has its own verdict.
            Assert.Null(result.Failure);
            Assert.Equal(Some.Count, result.Results.Count);
            Assert.True(result.Count(Verdict.Fail) > 0);
            return;
        }

        Assert.NotNull(result.Failure);
        Assert.DoesNotContain('\n', result.Failure);
        Assert.InRange(result.Failure.Length, 1, 400);
        Assert.DoesNotContain(result.Results, r => r.Verdict == Verdict.Pass && kind != "dies");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_the_canary_each_case_has_a_verdict(string kind)
    {
        await using BadServer server = Server(kind);
        var clock = Stopwatch.StartNew();
        TargetResult result = await RunAsync(server.Address, s_allAtOnce, Some);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, RunSeconds);
        Assert.Null(result.Failure);
        Assert.Equal(Some.Count, result.Results.Count);
        Assert.Empty(result.Results.Where(r => r.Verdict == Verdict.Error).Select(r => $"{r.Variant.Name}: {r.Reason}"));

        // The plainest case of all is red; those that depend on it are blocked.
        Assert.Equal(Verdict.Fail, result.Results.Single(r => r.Variant.Name == "success#whole").Verdict);
        Assert.Equal(Verdict.Blocked, result.Results.Single(r => r.Variant.Name == "bad-password#whole").Verdict);
        Assert.All(result.Results.Where(r => r.IsRed), r => Assert.InRange(r.Reason.Length, 1, 2000));
    }

    // The server never reads: a request of many segments stays in the kernel's buffers, and that is no fault of the suite.
    [Fact]
    public async Task Without_end_and_without_reading_no_case_is_an_error_of_ours()
    {
        await using BadServer server = Server("sends without end");
        TargetResult result = await RunAsync(server.Address, s_allAtOnce with { Jobs = 32 }, [.. Suite.Variants().Where(v => !v.Scenario.IsTimed)]);
        Assert.Empty(result.Results.Where(r => r.Verdict == Verdict.Error).Select(r => $"{r.Variant.Name}: {r.Reason}"));
    }

    [Fact]
    public async Task A_server_that_refuses_is_one_clear_failure()
    {
        // A port that is bound stays free of others; nobody listens on it.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string address = $"127.0.0.1:{((IPEndPoint)bound.LocalEndPoint!).Port}";
        TargetResult result = await RunAsync(address, new RunOptions(), Some);
        Assert.Equal("connection refused", result.Failure);
        Assert.Empty(result.Results);

        result = await RunAsync(address, new RunOptions { Canary = false }, Some);
        Assert.Null(result.Failure);
        Assert.All(
            result.Results.Where(r => r.Verdict != Verdict.Unspecified && r.Verdict != Verdict.Unsupported),
            r => Assert.Contains(r.Findings, f => f.Kind == FindingKind.Connection && f.Text.EndsWith("connection refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_is_named_with_the_place()
    {
        await using Rexecd.RexecServer real = Rexecd.RexecServer.Start(new Rexecd.RexecServerOptions());
        await using var server = new BadServer((client, stop) => RelayAsync(client, real.EndPoint, stop), most: 20);
        TargetResult result = await RunAsync(server.Address, new RunOptions { Jobs = 1, TimedJobs = 1 }, [.. Suite.Variants().Where(v => !v.Scenario.AsksForAux)]);
        Assert.Contains("went away after", result.Failure);
        Assert.InRange(result.Results.Count(r => r.Transcript is not null), 15, 20);
        Assert.DoesNotContain(result.Results, r => r.IsRed);
    }

    private static IReadOnlyList<Variant> Some { get; } = [.. Suite.Variants().Where(v => !v.Scenario.IsTimed && v.Fragmentation is WholeFragmentation)];

    private static async Task<TargetResult> RunAsync(string address, RunOptions options, IReadOnlyList<Variant> variants)
    {
        await using TcpTarget target = await TcpTarget.OpenAsync(
            "tcp:" + address, address, new TargetProfile { Dialect = "bsd44" }, CancellationToken.None);
        return await Suite.RunAsync(target, variants, options);
    }

    private static BadServer Server(string kind) => kind switch
    {
        "closes at once" => new((_, _) => Task.CompletedTask),
        "never answers" => new((_, stop) => Task.Delay(-1, stop)),
        "sends a megabyte" => new(async (client, stop) => await client.SendAsync(new byte[1024 * 1024], stop)),
        "sends without end" => new(WithoutEndAsync),
        "sends garbage" => new(async (client, stop) => await client.SendAsync((byte[])[0xff, 0xfe, 0x1b, 0x5b, 0x32, 0x4a, 0, 1, 2], stop)),
        "dies" => new((_, _) => Task.CompletedTask, most: 20),
        "resets" => new((client, _) =>
        {
            client.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        }),
        "echoes" => new((client, stop) => AnswerAsync(client, null, stop)),
        _ => new((client, stop) => AnswerAsync(client, [0], stop)),
    };

    private static async Task WithoutEndAsync(Socket client, CancellationToken stop)
    {
        byte[] block = new byte[65536];
        while (true)
        {
            _ = await client.SendAsync(block, stop);
        }
    }

    /// <summary>Answers each receive with itself, or the first one with some bytes and a close once the client sends no more for a moment.</summary>
    private static async Task AnswerAsync(Socket client, byte[]? answer, CancellationToken stop)
    {
        byte[] buffer = new byte[65536];
        while (await client.ReceiveAsync(buffer, stop) is > 0 and var count)
        {
            _ = await client.SendAsync(answer ?? buffer[..count], stop);
            if (answer is not null)
            {
                return;
            }
        }
    }

    private static async Task RelayAsync(Socket client, IPEndPoint to, CancellationToken stop)
    {
        using var onward = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await onward.ConnectAsync(to, stop);
        await Task.WhenAll(CopyAsync(client, onward, stop), CopyAsync(onward, client, stop));
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken stop)
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer, stop) is > 0 and var count)
            {
                _ = await to.SendAsync(buffer.AsMemory(0, count), stop);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // A reset goes on as a reset.
            to.LingerState = new LingerOption(true, 0);
            to.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // The other direction saw a reset.
        }
    }
}
