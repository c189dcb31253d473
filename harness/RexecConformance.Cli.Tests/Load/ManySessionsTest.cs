using System.Net.Sockets;
using RexecConformance.Cli.Tests.Support;
using Xunit.Abstractions;

namespace RexecConformance.Cli.Tests.Load;

/// <summary>Many sessions leave the server with what it started with: descriptors, children and, soon after, threads.</summary>
/// <param name="output">The figures.</param>
[Collection(AloneCollection.Name)]
[Trait("needs", "loopback")]
public sealed class ManySessionsTest(ITestOutputHelper output)
{
    private const int InARow = 10_000;
    private const int AtOnce = 200;
    private const int WithAux = 4; // one in so many has an auxiliary connection

    [SkippableFact]
    public async Task Ten_thousand_in_a_row_and_two_hundred_at_once()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: /proc");
        await using ServerProcess server = await ServerProcess.StartAsync("--dialect", "bsd44");
        using var client = new LoadClient(server.EndPoint);
        ProcessFigures before = ProcessFigures.Of(server.Id);
        for (int i = 0; i < InARow; i++)
        {
            Assert.Equal("\0out\n", await client.RunAsync("good", "secret", "echo out", aux: i % WithAux == 0));
        }

        await CheckAsync(server.Id, before, "after 10,000 in a row");
        await AllAtOnceAsync(client);
        await CheckAsync(server.Id, before, "after 200 at once");
    }

    /// <summary>All are there at the same time: none is asked to end before the last has begun.</summary>
    internal static async Task AllAtOnceAsync(LoadClient client)
    {
        var open = new List<Socket>();
        try
        {
            for (int i = 0; i < AtOnce; i++)
            {
                open.Add(await client.BeginAsync("0\0good\0secret\0cat\0"));
            }

            Assert.All(await Task.WhenAll(open.Select(LoadClient.ByteAsync)), first => Assert.Equal(0, first));
            foreach (Socket socket in open)
            {
                _ = await socket.SendAsync("in"u8.ToArray());
                socket.Shutdown(SocketShutdown.Send);
            }

            Assert.All(await Task.WhenAll(open.Select(LoadClient.ReadAsync)), text => Assert.Equal("in", text));
        }
        finally
        {
            open.ForEach(socket => socket.Dispose());
        }
    }

    private async Task CheckAsync(int pid, ProcessFigures before, string when) =>
        await LeftAsync(pid, before, figures => output.WriteLine($"{when}: {figures}, before: {before}"));

    /// <summary>Descriptors and children at once, as far as the last session's end may be on its way; threads within 30 s.</summary>
    internal static async Task LeftAsync(int pid, ProcessFigures before, Action<ProcessFigures> tell)
    {
        ProcessFigures left = await ProcessFigures.UntilAsync(
            pid, f => f.Descriptors <= before.Descriptors && f.Children <= before.Children, TimeSpan.FromSeconds(3));
        tell(left);
        Assert.Equal(before.Children, left.Children);
        Assert.InRange(left.Descriptors, 0, before.Descriptors);
        int threads = before.Threads + (2 * Environment.ProcessorCount);
        left = await ProcessFigures.UntilAsync(pid, f => f.Threads <= threads, TimeSpan.FromSeconds(30));
        Assert.InRange(left.Threads, 1, threads);
    }
}
