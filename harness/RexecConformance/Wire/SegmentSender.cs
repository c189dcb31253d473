using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace RexecConformance.Wire;

/// <summary>Sends bytes so that they are one TCP segment.</summary>
/// <remarks>
/// TCP_NODELAY alone lets the kernel merge sends that wait behind each other (measured: 200 one-byte sends make 35 segments);
/// MSG_EOR forbids that, and .NET has no flag for it.
/// </remarks>
internal static partial class SegmentSender
{
    private const int EndOfRecord = 0x80; // MSG_EOR
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int TryAgain = 11; // EAGAIN
    private const int Interrupted = 4; // EINTR
    private const int BrokenPipe = 32; // EPIPE
    private const int ConnectionReset = 104; // ECONNRESET
    private const long Patience = 15_000; // milliseconds without progress: the peer reads nothing at all

    /// <summary>Sends all bytes.</summary>
    /// <param name="socket">Where to.</param>
    /// <param name="bytes">What.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="patience">Milliseconds without progress after which the peer is said to read nothing.</param>
    /// <exception cref="SocketException">The connection is gone (the code tells a reset from a mere broken pipe), or the peer reads nothing.</exception>
    public static async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancel, long patience = Patience)
    {
        if (!OperatingSystem.IsLinux())
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancel)..];
            }

            return;
        }

        long progress = Environment.TickCount64;
        while (bytes.Length > 0)
        {
            int sent = SendNow(socket, bytes.Span);
            if (sent >= 0)
            {
                bytes = bytes[sent..];
                progress = Environment.TickCount64;
            }
            else if (Environment.TickCount64 - progress > patience)
            {
                throw new SocketException((int)SocketError.TimedOut);
            }
            else
            {
                // The send buffer is full: the peer reads slowly. Nothing was sent, so nothing can merge.
                await Task.Delay(1, cancel);
            }
        }
    }

    /// <summary>One send(2): the bytes taken, or -1 if the buffer is full.</summary>
    [SupportedOSPlatform("linux")]
    private static unsafe int SendNow(Socket socket, ReadOnlySpan<byte> bytes)
    {
        bool added = false;
        try
        {
            socket.SafeHandle.DangerousAddRef(ref added);
            fixed (byte* start = bytes)
            {
                nint sent = send((int)socket.SafeHandle.DangerousGetHandle(), start, (nuint)bytes.Length, EndOfRecord | NoSignal | DontWait);
                if (sent >= 0)
                {
                    return (int)sent;
                }
            }
        }
        finally
        {
            if (added)
            {
                socket.SafeHandle.DangerousRelease();
            }
        }

        int error = Marshal.GetLastPInvokeError();
        return error switch
        {
            TryAgain or Interrupted => -1,
            ConnectionReset => throw new SocketException((int)SocketError.ConnectionReset),
            BrokenPipe => throw new SocketException((int)SocketError.Shutdown),
            _ => throw new SocketException((int)SocketError.SocketError, Marshal.GetPInvokeErrorMessage(error)),
        };
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint send(int socket, byte* buffer, nuint length, int flags);
}
