using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RexecConformance.Captures.Live;

/// <summary>Where a packet came from, as the kernel tells it.</summary>
/// <param name="IsIp">It is IPv4 or IPv6.</param>
/// <param name="IsLoopback">Its interface is a loopback interface.</param>
/// <param name="IsOutgoing">It was leaving.</param>
internal readonly record struct PacketOrigin(bool IsIp, bool IsLoopback, bool IsOutgoing);

/// <summary>System calls of an AF_PACKET socket. Numbers are those of the kernel's own headers, the same on all its architectures that .NET runs on.</summary>
internal static unsafe partial class PacketSocketCalls
{
    public const int NotPermitted = 1; // EPERM
    public const int Interrupted = 4; // EINTR
    public const int WouldBlock = 11; // EAGAIN
    public const int AccessDenied = 13; // EACCES

    private const int PacketFamily = 17; // AF_PACKET
    private const int Cooked = 2; // SOCK_DGRAM
    private const int NonBlocking = 0x800; // SOCK_NONBLOCK
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC
    private const ushort AllProtocols = 3; // ETH_P_ALL
    private const ushort Ipv4 = 0x0800; // ETH_P_IP
    private const ushort Ipv6 = 0x86dd; // ETH_P_IPV6
    private const ushort Loopback = 772; // ARPHRD_LOOPBACK
    private const byte Outgoing = 4; // PACKET_OUTGOING
    private const int WholeLength = 0x20; // MSG_TRUNC
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int ReceiveBuffer = 8; // SO_RCVBUF
    private const int ReceiveBufferForced = 33; // SO_RCVBUFFORCE
    private const int PacketLevel = 263; // SOL_PACKET
    private const int Statistics = 6; // PACKET_STATISTICS
    private const nuint TimeStamp = 0x8907; // SIOCGSTAMPNS
    private const short Readable = 1; // POLLIN
    private const int BufferBytes = 16 << 20;

    /// <summary>An interface's number, or -1.</summary>
    public static int InterfaceIndex(string name) => if_nametoindex(name) is var index and > 0 ? (int)index : -1;

    /// <summary>Begins to capture; a negative number and the error where that fails.</summary>
    public static int Open(int interfaceIndex, out int error)
    {
        // Protocol 0: nothing comes before it is bound, so nothing from other interfaces.
        var descriptor = socket(PacketFamily, Cooked | NonBlocking | CloseOnExec, 0);
        error = Marshal.GetLastPInvokeError();
        if (descriptor < 0)
        {
            return -1;
        }

        var size = BufferBytes;
        if (setsockopt(descriptor, SocketLevel, ReceiveBufferForced, &size, sizeof(int)) != 0)
        {
            _ = setsockopt(descriptor, SocketLevel, ReceiveBuffer, &size, sizeof(int));
        }

        // The first question turns time stamps on; without it the first packets would have the time at which they are read.
        var time = stackalloc nint[2];
        _ = ioctl(descriptor, TimeStamp, time);
        var address = new LinkAddress
        {
            Family = PacketFamily,
            Protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(AllProtocols) : AllProtocols,
            Interface = interfaceIndex,
        };
        if (bind(descriptor, &address, sizeof(LinkAddress)) != 0)
        {
            error = Marshal.GetLastPInvokeError();
            _ = close(descriptor);
            return -1;
        }

        return descriptor;
    }

    /// <summary>Takes the next packet: its length on the wire, or -1 and the error.</summary>
    public static int Receive(int descriptor, Span<byte> buffer, out PacketOrigin origin, out int error)
    {
        LinkAddress from = default;
        var fromLength = sizeof(LinkAddress);
        nint length;
        fixed (byte* bytes = buffer)
        {
            length = recvfrom(descriptor, bytes, (nuint)buffer.Length, WholeLength, &from, &fromLength);
        }

        error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
        var protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(from.Protocol) : from.Protocol;
        origin = new PacketOrigin(protocol is Ipv4 or Ipv6, from.Hardware == Loopback, from.Kind == Outgoing);
        return (int)length;
    }

    /// <summary>When the last packet passed: nanoseconds since 1970-01-01 UTC.</summary>
    public static long TimeOfLast(int descriptor)
    {
        var time = stackalloc nint[2];
        return ioctl(descriptor, TimeStamp, time) == 0
            ? (time[0] * 1_000_000_000L) + time[1]
            : (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
    }

    /// <summary>Packets that the kernel had no room for since it was asked last.</summary>
    public static long NewDrops(int descriptor)
    {
        var counts = stackalloc uint[2];
        var length = 2 * sizeof(uint);
        return getsockopt(descriptor, PacketLevel, Statistics, counts, &length) == 0 ? counts[1] : 0;
    }

    /// <summary>Waits until there is a packet, at most so long.</summary>
    public static void WaitReadable(int descriptor, int milliseconds)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = Readable };
        _ = poll(&entry, 1, milliseconds);
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct LinkAddress
    {
        public ushort Family;
        public ushort Protocol;
        public int Interface;
        public ushort Hardware;
        public byte Kind;
        public byte AddressLength;
        public long Address;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint if_nametoindex(string name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int family, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(int descriptor, LinkAddress* address, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvfrom(int descriptor, void* buffer, nuint length, int flags, LinkAddress* from, int* fromLength);

    [LibraryImport("libc")]
    private static partial int setsockopt(int descriptor, int level, int option, void* value, int length);

    [LibraryImport("libc")]
    private static partial int getsockopt(int descriptor, int level, int option, void* value, int* length);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, void* value);

    [LibraryImport("libc")]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
