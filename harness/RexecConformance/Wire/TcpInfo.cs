using System.Buffers.Binary;
using System.Net.Sockets;

namespace RexecConformance.Wire;

/// <summary>What Linux counts for a TCP connection (struct tcp_info).</summary>
/// <param name="Closed">The connection is gone (reset, or closed by both sides): what waited to be sent never will be.</param>
/// <param name="DataSegmentsOut">Data segments sent, repeats included.</param>
/// <param name="DataSegmentsIn">Data segments received.</param>
/// <param name="Retransmitted">Segments sent again.</param>
/// <param name="NotSent">Bytes that wait in the send buffer.</param>
internal readonly record struct TcpInfo(bool Closed, int DataSegmentsOut, int DataSegmentsIn, int Retransmitted, int NotSent)
{
    private const int Level = 6; // IPPROTO_TCP
    private const int Option = 11; // TCP_INFO
    private const byte StateClosed = 7; // TCP_CLOSE, the first byte
    private const int TotalRetransAt = 100;
    private const int NotSentAt = 144;
    private const int DataSegsInAt = 152;
    private const int DataSegsOutAt = 156;

    /// <summary>Asks the kernel; null where it does not tell.</summary>
    public static TcpInfo? Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> info = stackalloc byte[232];
        try
        {
            int length = socket.GetRawSocketOption(Level, Option, info);
            return length < DataSegsOutAt + 4
                ? null
                : new TcpInfo(info[0] == StateClosed, Read(info, DataSegsOutAt), Read(info, DataSegsInAt), Read(info, TotalRetransAt), Read(info, NotSentAt));
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static int Read(ReadOnlySpan<byte> info, int at) =>
        BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadInt32LittleEndian(info[at..])
            : BinaryPrimitives.ReadInt32BigEndian(info[at..]);
}
