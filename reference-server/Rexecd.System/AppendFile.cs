using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Posix;

/// <summary>
/// A file that several processes write at once: each write(2) goes to the end (O_APPEND). <see cref="FileMode.Append"/> looks
/// for the end when it opens only, and two processes overwrite each other.
/// </summary>
[SupportedOSPlatform("linux")]
public static partial class AppendFile
{
    // O_WRONLY, O_CREAT, O_NOCTTY, O_APPEND, O_CLOEXEC: the same on x86-64 and arm64.
    private const int Flags = 0x1 | 0x40 | 0x100 | 0x400 | 0x80000;
    private const int OwnerOnly = 0x180; // 0600, when it is made

    /// <summary>Opens the file, and makes it for its owner alone if it is not there.</summary>
    /// <exception cref="IOException">It can't be written; the message is the system's.</exception>
    public static FileStream Open(string path)
    {
        int descriptor = open(path, Flags, OwnerOnly);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);
}
