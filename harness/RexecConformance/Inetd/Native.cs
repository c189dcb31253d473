using System.Runtime.InteropServices;

namespace RexecConformance.Inetd;

/// <summary>
/// System calls of the accept loop. A connection never becomes a .NET <see cref="System.Net.Sockets.Socket"/>: disposing
/// of one shuts the connection down for the daemon too, where close(2) only drops our share of it.
/// </summary>
internal static unsafe partial class Native
{
    public const int NoSuchChild = 10; // ECHILD
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC, EFD_CLOEXEC
    private const short Readable = 1; // POLLIN
    private const int NoHang = 1; // WNOHANG

    /// <summary>Takes one connection, or returns a negative number if there is none after all.</summary>
    public static int Accept(int listener) => accept4(listener, null, null, CloseOnExec);

    /// <summary>Drops our share of a descriptor.</summary>
    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>A descriptor that becomes readable with <see cref="Wake"/>.</summary>
    public static int NewEvent() => eventfd(0, CloseOnExec);

    /// <summary>Makes an event readable.</summary>
    public static void Wake(int eventDescriptor)
    {
        ulong one = 1;
        _ = write(eventDescriptor, &one, sizeof(ulong));
    }

    /// <summary>Waits until a descriptor is readable; which are is written to <paramref name="readable"/>.</summary>
    /// <param name="descriptors">What to wait for.</param>
    /// <param name="readable">One flag for each descriptor.</param>
    /// <param name="milliseconds">How long at most; negative: without limit.</param>
    public static void WaitReadable(ReadOnlySpan<int> descriptors, Span<bool> readable, int milliseconds)
    {
        PollEntry* entries = stackalloc PollEntry[descriptors.Length];
        for (int i = 0; i < descriptors.Length; i++)
        {
            entries[i] = new PollEntry { Descriptor = descriptors[i], Events = Readable };
        }

        int count = poll(entries, (nuint)descriptors.Length, milliseconds);
        for (int i = 0; i < descriptors.Length; i++)
        {
            readable[i] = count > 0 && (entries[i].Found & Readable) != 0;
        }
    }

    /// <summary>True once the child has ended (or is not ours); its exit is collected by this call.</summary>
    public static bool TryReap(int pid, out int status)
    {
        int value = 0;
        int result = waitpid(pid, &value, NoHang);
        status = value;
        return result == pid || (result < 0 && Marshal.GetLastPInvokeError() == NoSuchChild);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }

    [LibraryImport("libc")]
    private static partial int accept4(int socket, void* address, void* length, int flags);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    private static partial int eventfd(uint value, int flags);

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, void* data, nint count);

    [LibraryImport("libc")]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int pid, int* status, int options);
}
