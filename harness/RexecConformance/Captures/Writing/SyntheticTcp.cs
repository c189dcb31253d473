using System.Buffers.Binary;
using System.Net;

namespace RexecConformance.Captures.Writing;

/// <summary>The two ends of a TCP connection, by who opened it.</summary>
public enum TcpEnd
{
    /// <summary>Who sent the SYN.</summary>
    Initiator,

    /// <summary>Who answered it.</summary>
    Responder,
}

/// <summary>A packet that was made: where none was captured, only its data, ends and times are what happened.</summary>
/// <param name="Nanoseconds">Time since 1970-01-01 UTC.</param>
/// <param name="Bytes">From the IP header on.</param>
/// <param name="Bare">True if it only acknowledges.</param>
/// <param name="Comments">What is to be said of it.</param>
public sealed record SyntheticPacket(long Nanoseconds, byte[] Bytes, bool Bare, IReadOnlyList<string> Comments);

/// <summary>
/// Makes the packets of one TCP connection from what was seen at a socket: connections, data, ends. What a socket does not
/// show is made up as a plain stack would do it: initial sequence numbers, window, and an acknowledgment at once for
/// everything sent.
/// </summary>
/// <param name="initiator">Who opens it.</param>
/// <param name="responder">Who is connected to.</param>
/// <param name="number">Tells connections of one file apart; the initial sequence numbers come from it.</param>
/// <param name="write">Takes each packet at once.</param>
/// <param name="largest">Most data of a packet in bytes; longer sends are cut, the last part has PSH.</param>
public sealed class SyntheticTcp(IPEndPoint initiator, IPEndPoint responder, uint number, Action<SyntheticPacket> write, int largest = IpTcpPacket.LargestData)
{
    private const byte Fin = 1;
    private const byte Syn = 2;
    private const byte Rst = 4;
    private const byte Psh = 8;
    private const byte Ack = 16;
    private const ushort Window = 65_535;
    private const uint Golden = 2_654_435_761;

    // Far below what the scaled window (8 MiB) allows to be under way.
    private const int Unacknowledged = 1 << 20;

    // MSS, NOP, window scale 7
    private static readonly byte[] s_options = SynOptions();

    private readonly uint[] _next = [unchecked((number * 2 * Golden) + 1), unchecked((((number * 2) + 1) * Golden) + 1)];
    private readonly bool[] _fin = new bool[2];
    private readonly ushort[] _id = new ushort[2];
    private bool _acked;

    // Nobody is there who could have a window. Who resets a connection has one, as on Linux: data that was under way then is no probe of it.
    private bool _refused;

    /// <summary>True after a reset by either end.</summary>
    public bool IsReset { get; private set; }

    /// <summary>True once this end has sent its FIN.</summary>
    public bool HasFin(TcpEnd from) => _fin[(int)from];

    /// <summary>The attempt to connect.</summary>
    public void Connect(long at, params IReadOnlyList<string> comments)
    {
        Write(TcpEnd.Initiator, Syn, at, s_options, default, comments);
        _next[0]++;
    }

    /// <summary>The other end takes the connection.</summary>
    public void Accept(long at)
    {
        _acked = true;
        Write(TcpEnd.Responder, Syn | Ack, at, s_options, default, []);
        _next[1]++;
        Write(TcpEnd.Initiator, Ack, at, default, default, []);
    }

    /// <summary>Nobody listens: the attempt is answered with a reset.</summary>
    public void Refuse(long at, params IReadOnlyList<string> comments)
    {
        _acked = true;
        _refused = true;
        _next[1] = 0;
        Reset(TcpEnd.Responder, at, comments);
    }

    /// <summary>Data of one send. It may come after a reset of the other end, which was then still under way.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="at">When.</param>
    /// <param name="data">All of it; nothing is written where it is empty.</param>
    /// <param name="comments">Of the first packet.</param>
    /// <param name="part">Of each packet that has a further one, or null.</param>
    /// <exception cref="InvalidOperationException">This end has sent its FIN.</exception>
    public void Send(TcpEnd from, long at, ReadOnlySpan<byte> data, IReadOnlyList<string>? comments = null, string? part = null)
    {
        if (_fin[(int)from])
        {
            throw new InvalidOperationException("data after a FIN");
        }

        int unacknowledged = 0;
        for (bool first = true; !data.IsEmpty; first = false)
        {
            ReadOnlySpan<byte> now = data[..Math.Min(data.Length, largest)];
            data = data[now.Length..];
            IReadOnlyList<string> said = first ? comments ?? [] : [];
            Write(from, data.IsEmpty ? Psh | Ack : Ack, at, default, now, part is not null && !data.IsEmpty ? [.. said, part] : said);
            _next[(int)from] += (uint)now.Length;
            unacknowledged += now.Length;
            if (data.IsEmpty || unacknowledged >= Unacknowledged)
            {
                Acknowledge(from, at);
                unacknowledged = 0;
            }
        }
    }

    /// <summary>An end sends nothing more. Only the first time, and not after a reset.</summary>
    public void Finish(TcpEnd from, long at, params IReadOnlyList<string> comments)
    {
        if (_fin[(int)from] || IsReset)
        {
            return;
        }

        Write(from, Fin | Ack, at, default, default, comments);
        _next[(int)from]++;
        _fin[(int)from] = true;
        Acknowledge(from, at);
    }

    /// <summary>An end resets the connection. Only the first time.</summary>
    public void Reset(TcpEnd from, long at, params IReadOnlyList<string> comments)
    {
        if (!IsReset)
        {
            Write(from, Rst | Ack, at, default, default, comments);
            IsReset = true;
        }
    }

    private void Acknowledge(TcpEnd from, long at)
    {
        if (!IsReset)
        {
            Write(from == TcpEnd.Initiator ? TcpEnd.Responder : TcpEnd.Initiator, Ack, at, default, default, []);
        }
    }

    private void Write(TcpEnd from, int flags, long at, ReadOnlySpan<byte> options, ReadOnlySpan<byte> data, IReadOnlyList<string> comments)
    {
        int self = (int)from;
        (IPEndPoint source, IPEndPoint destination) = self == 0 ? (initiator, responder) : (responder, initiator);
        var header = new TcpHeader(
            source, destination, _next[self], _acked ? _next[1 - self] : 0, (byte)flags, _refused ? (ushort)0 : Window, ++_id[self]);
        write(new SyntheticPacket(at, IpTcpPacket.Build(header, options, data), flags == Ack && data.IsEmpty, comments));
    }

    private static byte[] SynOptions()
    {
        byte[] options = [2, 4, 0, 0, 1, 3, 3, 7];
        BinaryPrimitives.WriteUInt16BigEndian(options.AsSpan(2), IpTcpPacket.LargestData);
        return options;
    }
}
