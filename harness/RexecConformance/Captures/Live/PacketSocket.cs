using System.ComponentModel;

namespace RexecConformance.Captures.Live;

/// <summary>
/// Packets as they pass an interface of Linux. They come without their link layer, which the kernel takes off: so any kind of
/// interface will do, and all of them together.
/// </summary>
internal sealed class PacketSocket : ILossySource
{
    private const int RawIp = 101; // LINKTYPE_RAW
    private const int PollMilliseconds = 100;

    // On an interface that is never silent, what was there when the capture was ended cannot be told from what comes after.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(1);

    private readonly byte[] _buffer = new byte[CaptureReader.LargestPacket];
    private readonly CancellationToken _cancel;
    private int _descriptor;
    private int _number;
    private long _dropped;
    private long? _drainUntil;

    public PacketSocket(int descriptor, string interfaceName, CancellationToken cancel) =>
        (_descriptor, _cancel, Format) = (descriptor, cancel, "AF_PACKET on " + interfaceName);

    /// <inheritdoc/>
    public string Format { get; }

    /// <inheritdoc/>
    public CaptureFault? Fault { get; private set; }

    /// <inheritdoc/>
    public long Dropped => _dropped += _descriptor < 0 ? 0 : PacketSocketCalls.NewDrops(_descriptor);

    /// <inheritdoc/>
    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        while (_descriptor >= 0)
        {
            var length = PacketSocketCalls.Receive(_descriptor, _buffer, out var from, out var error);
            if (length >= 0)
            {
                if (_drainUntil is { } until && Environment.TickCount64 > until)
                {
                    return false;
                }

                // The loopback interface shows each packet twice: as it leaves, and as it comes.
                if (!from.IsIp || (from.IsLoopback && from.IsOutgoing))
                {
                    continue;
                }

                packet = new CapturedPacket
                {
                    Number = ++_number,
                    FileOffset = 0,
                    Nanoseconds = PacketSocketCalls.TimeOfLast(_descriptor),
                    LinkType = RawIp,
                    MissingBytes = Math.Max(0, length - _buffer.Length),
                    Data = _buffer.AsSpan(0, Math.Min(length, _buffer.Length)),
                };
                return true;
            }

            if (error is not (PacketSocketCalls.WouldBlock or PacketSocketCalls.Interrupted))
            {
                Fault = new CaptureFault(0, $"the interface stopped: {new Win32Exception(error).Message}");
                return false;
            }

            if (_cancel.IsCancellationRequested)
            {
                if (_drainUntil is not null)
                {
                    return false;
                }

                // What passed before the cancellation is in the kernel's queue by now: once more.
                _drainUntil = Environment.TickCount64 + (long)s_drain.TotalMilliseconds;
                continue;
            }

            PacketSocketCalls.WaitReadable(_descriptor, PollMilliseconds);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Dropped;
            PacketSocketCalls.Close(_descriptor);
            _descriptor = -1;
        }
    }
}
