using System.Net;
using RexecConformance.Captures;
using RexecConformance.Captures.Recording;

namespace RexecConformance.Cli.Tests.Recording;

/// <summary>A recorder in this process, and the file that it writes.</summary>
internal sealed class RecordRun : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly FileStream _file;
    private readonly RecordProxy _proxy;
    private readonly Task _serving;
    private readonly IPEndPoint _upstream;

    public RecordRun(IPEndPoint upstream, RecordOptions? options = null)
    {
        _upstream = upstream;
        IPAddress loopback = upstream.Address;
        _file = new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _proxy = RecordProxy.Start(
            (options ?? Options(upstream)) with { Listen = new IPEndPoint(loopback, 0), Upstream = upstream }, Say);
        _serving = _proxy.RunAsync(new CaptureLog(_file, "test"), _stop.Token);
    }

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public IPEndPoint EndPoint => _proxy.EndPoint;

    /// <summary>What it said of each conversation.</summary>
    public List<string> Lines { get; } = [];

    public static RecordOptions Options(IPEndPoint upstream) => new() { Listen = new IPEndPoint(upstream.Address, 0), Upstream = upstream };

    /// <summary>Waits until so many conversations are over, and reads the file.</summary>
    public async Task<CaptureContents> ReadAsync(int conversations)
    {
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (Count() < conversations)
        {
            Assert.True(Environment.TickCount64 < until, $"only {Count()} of {conversations} conversations are over");
            await Task.Delay(10);
        }

        CaptureContents contents = CaptureContents.Read(Path, EndPoint.Port);
        Assert.Empty(contents.Warnings);
        Assert.Equal(conversations, contents.Conversations.Count);
        return contents;
    }

    /// <summary>The comments of all packets.</summary>
    public IReadOnlyList<string> Comments()
    {
        var all = new List<string>();
        using FileStream file = File.OpenRead(Path);
        using CaptureReader reader = CaptureReader.Open(file);
        while (reader.TryRead(out CapturedPacket packet))
        {
            all.AddRange(packet.Comments());
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.WaitAsync(s_patience);
        _proxy.Dispose();
        await _file.DisposeAsync();
        _stop.Dispose();
        File.Delete(Path);
    }

    private int Count()
    {
        lock (Lines)
        {
            return Lines.Count;
        }
    }

    private void Say(string line)
    {
        lock (Lines)
        {
            Lines.Add(line);
        }
    }

    public override string ToString() => $"a recorder in front of {_upstream}";
}
