using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>The descriptors that this process may have open.</summary>
[SupportedOSPlatform("linux")]
public static unsafe partial class Descriptors
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE

    /// <summary>How many more may be opened, at most <see cref="int.MaxValue"/>.</summary>
    public static int Left()
    {
        Limit limit;
        int open = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        return getrlimit(OpenFiles, &limit) != 0 ? int.MaxValue : (int)Math.Clamp((long)Math.Min(limit.Soft, int.MaxValue) - open, 0, int.MaxValue);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, Limit* limit);
}
