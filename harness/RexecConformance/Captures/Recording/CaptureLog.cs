using System.Diagnostics;
using System.Net;
using RexecConformance.Captures.Writing;

namespace RexecConformance.Captures.Recording;

/// <summary>A capture file that is written while things happen, by many at once. After each call the file is complete up to there.</summary>
public sealed class CaptureLog
{
    /// <summary>Bytes of a page of memory, or a part of one: see <see cref="PcapngWriter"/>.</summary>
    private const int Page = 4096;

    /// <summary>Most data of a packet: with headers and comments it stays below a page.</summary>
    private const int LargestData = 3400;

    /// <summary>Most characters of a comment.</summary>
    private const int LargestComment = 120;

    private const string Interface = "rexec-record";
    private const string Description = "made from a proxy's sockets, not captured: bytes, ends, times, addresses and ports are what the client saw; sequence numbers and acknowledgments are made up";

    private readonly PcapngWriter _writer;
    private readonly Lock _lock = new();
    private readonly long _start = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _connections;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Unbuffered, at its start; closed by whoever opened it.</param>
    /// <param name="comment">About the whole file.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public CaptureLog(Stream stream, string comment)
    {
        _writer = new PcapngWriter(stream, Page);
        _writer.Begin(Short(comment, LargestComment * 4), Interface, Description);
    }

    /// <summary>Completes with one line if the file can't be written any more.</summary>
    public Task<string> Failed => _failed.Task;

    /// <summary>Packets so far.</summary>
    public int Packets => _writer.Packets;

    /// <summary>A connection whose packets are to be made.</summary>
    public LoggedTcp Connection(IPEndPoint initiator, IPEndPoint responder) =>
        new(this, new SyntheticTcp(initiator, responder, Interlocked.Increment(ref _connections), _writer.Write, LargestData));

    /// <summary>Does something at a time that is not before anything that is in the file. False once the file can't be written any more.</summary>
    internal bool At(Action<long> act)
    {
        lock (_lock)
        {
            if (_failed.Task.IsCompleted)
            {
                return false;
            }

            try
            {
                act(_start + (_clock.Elapsed.Ticks * TimeSpan.NanosecondsPerTick));
                return true;
            }
            catch (IOException e)
            {
                _ = _failed.TrySetResult(e.Message);
                return false;
            }
        }
    }

    internal static IReadOnlyList<string> Comments(string? comment) => comment is null ? [] : [Short(comment, LargestComment)];

    private static string Short(string text, int largest) => text.Length <= largest ? text : text[..largest] + "...";
}

/// <summary>One connection of a <see cref="CaptureLog"/>. Any thread may call.</summary>
public sealed class LoggedTcp
{
    private readonly CaptureLog _log;
    private readonly SyntheticTcp _tcp;

    internal LoggedTcp(CaptureLog log, SyntheticTcp tcp) => (_log, _tcp) = (log, tcp);

    /// <summary>The attempt to connect.</summary>
    public void Connect(string? comment = null) => _log.At(at => _tcp.Connect(at, CaptureLog.Comments(comment)));

    /// <summary>The connection is there.</summary>
    public void Accept() => _log.At(_tcp.Accept);

    /// <summary>Nobody listens.</summary>
    public void Refuse(string? comment = null) => _log.At(at => _tcp.Refuse(at, CaptureLog.Comments(comment)));

    /// <summary>Bytes.</summary>
    /// <exception cref="OperationCanceledException">The file can't be written any more: they are not to be passed on.</exception>
    public void Send(TcpEnd from, ReadOnlyMemory<byte> bytes, string? comment = null)
    {
        if (!_log.At(at => _tcp.Send(from, at, bytes.Span, CaptureLog.Comments(comment))))
        {
            throw new OperationCanceledException("the capture can't be written");
        }
    }

    /// <summary>FIN.</summary>
    public void Finish(TcpEnd from) => _log.At(at => _tcp.Finish(from, at));

    /// <summary>RST.</summary>
    public void Reset(TcpEnd from, string? comment = null) => _log.At(at => _tcp.Reset(from, at, CaptureLog.Comments(comment)));
}
