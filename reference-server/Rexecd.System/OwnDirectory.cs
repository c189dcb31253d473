using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// Whether a thread of this process can have a working directory of its own. The profile of system calls that a container
/// engine uses by default refuses unshare(2); a child then changes its directory itself, and keeps the mask of this process.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class OwnDirectory
{
    private const int OwnFileSystem = 0x200; // CLONE_FS

    private static readonly Lazy<bool> Tried = new(Try);

    public static bool IsPossible => Tried.Value;

    private static bool Try()
    {
        bool can = false;
        var thread = new Thread(() => can = unshare(OwnFileSystem) == 0);
        thread.Start();
        thread.Join();
        return can;
    }

    [LibraryImport("libc")]
    private static partial int unshare(int flags);
}
