using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>What is done with a process after <c>Spawn.Start</c>: signals, the wait for its end.</summary>
[SupportedOSPlatform("linux")]
public static partial class Processes
{
    private const int Search = 1; // X_OK
    private const int SetFlags = 4; // F_SETFL
    private const int GetFlags = 3; // F_GETFL
    private const nint OpenProcess = 434; // SYS_pidfd_open, the same on all architectures
    private const int NonBlocking = 0x800; // O_NONBLOCK

    /// <summary>Completes when the process has ended. Does not collect its exit: its id stays its own until <see cref="WaitForEnd"/>.</summary>
    public static async Task WhenEndedAsync(int pid, CancellationToken cancel)
    {
        int descriptor = (int)syscall(OpenProcess, pid, 0);
        if (descriptor < 0)
        {
            throw new SpawnException(Marshal.GetLastPInvokeError(), "pidfd_open");
        }

        using var process = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        await Readiness.WhenReadableAsync(descriptor, cancel).ConfigureAwait(false);
    }

    /// <summary>True if a directory is there and this process, and so its children, may change to it.</summary>
    public static bool CanEnter(string directory) => access(directory + "/.", Search) == 0;

    /// <summary>True while the process group has a member, a zombie included.</summary>
    public static bool GroupExists(int group) => kill(-group, 0) == 0;

    /// <summary>True while there is a process of this id, a zombie included.</summary>
    public static bool Exists(int pid) => kill(pid, 0) == 0;

    /// <summary>Waits for the end of the process and returns its wait status (exit code in bits 8-15, signal in bits 0-6).</summary>
    public static unsafe int WaitForEnd(int pid)
    {
        int status = 0;
        while (waitpid(pid, &status, 0) < 0 && Marshal.GetLastPInvokeError() == 4)
        {
            // EINTR: a signal of this process, not the child's end.
        }

        Children.Forget(pid);
        return status;
    }

    /// <summary>Sends a signal to a process, or to a process group if the id is negative. Errors mean that it is gone.</summary>
    public static void Signal(int pid, int signal) => _ = kill(pid, signal);

    /// <summary>Clears O_NONBLOCK; <c>Socket.Blocking = true</c> does not, once the socket has been used asynchronously.</summary>
    /// <remarks>The flag belongs to the open file: whoever shares the descriptor is made blocking with it.</remarks>
    public static void MakeBlocking(int descriptor)
    {
        int flags = fcntl(descriptor, GetFlags, 0);
        if (flags >= 0)
        {
            _ = fcntl(descriptor, SetFlags, flags & ~NonBlocking);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int value);
}
