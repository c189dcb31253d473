using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>The connection that a super-server hands over as descriptors 0, 1 and 2.</summary>
[SupportedOSPlatform("linux")]
public static unsafe partial class InetdSocket
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int ReadWrite = 2; // O_RDWR
    private const int LongestAddress = 128; // sockaddr_storage

    /// <summary>
    /// Takes the connection over and puts /dev/null in the place of descriptors 0, 1 and 2: nothing that this process prints
    /// reaches the client, and the connection ends when the socket is closed.
    /// </summary>
    /// <exception cref="SpawnException">
    /// Descriptor 0 is no connection with a peer: a file, a terminal, a listening socket, or a client that has reset it.
    /// Nothing was changed.
    /// </exception>
    public static Socket Take()
    {
        byte* address = stackalloc byte[LongestAddress];
        int length = LongestAddress;
        if (getpeername(0, address, &length) != 0)
        {
            throw new SpawnException(Marshal.GetLastPInvokeError(), "getpeername");
        }

        int descriptor = fcntl(0, DuplicateCloseOnExec, 3);
        int nothing = descriptor < 0 ? -1 : open("/dev/null", ReadWrite);
        if (nothing < 0)
        {
            throw new SpawnException(Marshal.GetLastPInvokeError(), "descriptor 0");
        }

        for (int standard = 0; standard <= 2; standard++)
        {
            _ = dup2(nothing, standard);
        }

        if (nothing > 2)
        {
            _ = close(nothing);
        }

        return new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getpeername(int descriptor, byte* address, int* length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int value);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
