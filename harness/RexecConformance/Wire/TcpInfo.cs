using System.Buffers.Binary;
using System.Net.Sockets;

namespace RexecConformance.Wire;

/// <summary>What Linux counts for a TCP connection (struct tcp_info).</summary>
/// <param name="DataSegmentsOut">Data segments sent, repeats included.</param>
/// <param name="Retransmitted">Segments sent again.</param>
/// <param name="Unacknowledged">Segments sent that the peer has not acknowledged.</param>
/// <param name="NotSent">Bytes that wait in the send buffer.</param>
internal readonly record struct TcpInfo(int DataSegmentsOut, int Retransmitted, int Unacknowledged, int NotSent)
{
    private const int Level = 6; // IPPROTO_TCP
    private const int Option = 11; // TCP_INFO
    private const int UnackedAt = 24;
    private const int TotalRetransAt = 100;
    private const int NotSentAt = 144;
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
                : new TcpInfo(Read(info, DataSegsOutAt), Read(info, TotalRetransAt), Read(info, UnackedAt), Read(info, NotSentAt));
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
