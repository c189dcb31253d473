using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Cli.Tests.Support;
using Xunit.Abstractions;

namespace RexecConformance.Cli.Tests.Load;

/// <summary>
/// Clients that send nothing, one byte, or a gigabyte without a NUL: each costs bounded memory, and is cut off as the
/// dialect says.
/// </summary>
/// <param name="output">The figures.</param>
[Collection(AloneCollection.Name)]
[Trait("needs", "loopback")]
public sealed class GreedyClientsTest(ITestOutputHelper output)
{
    private const int Gigabyte = 1 << 30;
    private const int Block = 1 << 20;
    private const int Ceiling = 16 << 20; // bytes of one field that the server reads at most (fields.ceiling-bytes)

    /// <summary>
    /// What the server may grow by at most: a field up to the ceiling, in a buffer that doubles while it grows (so three
    /// times that at the moment when it is copied). Measured: 17 MiB.
    /// </summary>
    private const double MegabytesMore = 48;

    [SkippableFact]
    public async Task In_the_port_the_alarm_ends_them_or_the_ceiling()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: /proc");
        var alarm = TimeSpan.FromSeconds(3); // 60 s in the dialects
        await using ServerProcess server = await ServerProcess.StartAsync("--dialect", "bsd44", "--port-timeout", "3s");
        double before = await WarmAsync(server);
        Greed[] seen = await Task.WhenAll(GreedAsync(server, "", null), GreedAsync(server, "1", null), GreedAsync(server, "", "0"));
        output.WriteLine($"nothing, one byte, a gigabyte: {string.Join("; ", seen.Select(s => s.ToString()))}");
        Assert.All(seen, one => Assert.Equal("", one.Answer));
        Assert.All(seen[..2], one => Assert.InRange(one.Ended, alarm - TimeSpan.FromMilliseconds(50), alarm + TimeSpan.FromSeconds(4)));

        // Daemons count on the alarm alone; the server has a ceiling far above what any client means.
        Assert.InRange(seen[2].Sent, Ceiling, Gigabyte - 1);
        Assert.InRange(seen[2].Ended, TimeSpan.Zero, alarm + TimeSpan.FromSeconds(4));
        Bounded(server, before);
    }

    [SkippableTheory]
    [InlineData("bsd44", "0\0", "\u0001username too long\n")]
    [InlineData("bsd44", "0\0good\0", "\u0001password too long\n")]
    [InlineData("bsd44", "0\0good\0secret\0", "\u0001command too long\n")]
    [InlineData("debian", "0\0", "\u0001username too long\n")]
    [InlineData("debian", "0\0good\0secret\0", "\u0001out of memory")]
    [InlineData("inetutils", "0\0", "\u0001Out of space reading usernam\n")]
    [InlineData("inetutils", "0\0good\0", "\u0001Out of space reading passwor\n")]
    [InlineData("inetutils", "0\0good\0secret\0", "\u0001Out of space reading comman\n")]
    public async Task In_a_field_its_limit_ends_it(string dialect, string begin, string answer)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: /proc");
        await using ServerProcess server = await ServerProcess.StartAsync("--dialect", dialect);
        double before = await WarmAsync(server);
        Greed seen = await GreedAsync(server, begin, "x");
        output.WriteLine($"{dialect} {begin.Count(c => c == '\0')}: {seen}");

        Assert.Equal(answer, seen.Answer);
        Assert.InRange(seen.Sent, 1, Gigabyte - 1);
        Bounded(server, before);
    }

    private static async Task<double> WarmAsync(ServerProcess server)
    {
        using var client = new LoadClient(server.EndPoint);
        for (int i = 0; i < 20; i++)
        {
            Assert.StartsWith("\0", await client.RunAsync("good", "secret", "echo out"), StringComparison.Ordinal);
        }

        return ProcessFigures.Of(server.Id).PeakMegabytes;
    }

    private void Bounded(ServerProcess server, double before)
    {
        double after = ProcessFigures.Of(server.Id).PeakMegabytes;
        output.WriteLine($"most memory at once: {before:0} MiB before, {after:0} MiB after");
        Assert.InRange(after - before, 0, MegabytesMore);
    }

    /// <summary>Sends a beginning, then the filler up to a gigabyte, and sees how the server ends it.</summary>
    private static async Task<Greed> GreedAsync(ServerProcess server, string begin, string? filler)
    {
        using var client = new LoadClient(server.EndPoint);
        var clock = Stopwatch.StartNew();
        using Socket socket = await client.BeginAsync(begin);
        Task<string> reading = LoadClient.ReadAsync(socket);
        byte[] block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(filler ?? "", Block)));
        long sent = 0;
        try
        {
            while (filler is not null && sent < Gigabyte && !reading.IsCompleted)
            {
                sent += await socket.SendAsync(block).WaitAsync(TimeSpan.FromSeconds(60));
            }
        }
        catch (SocketException)
        {
            // Closed by the server in the middle: the reader tells how.
        }

        string answer = await reading;
        return new Greed(sent, answer, clock.Elapsed);
    }

    private sealed record Greed(long Sent, string Answer, TimeSpan Ended);
}
