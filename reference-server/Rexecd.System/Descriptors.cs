using System.Runtime.Versioning;

namespace Posix;

/// <summary>The descriptors that this process may have open.</summary>
[SupportedOSPlatform("linux")]
public static class Descriptors
{
    /// <summary>How many more may be opened, at most <see cref="int.MaxValue"/>.</summary>
    public static int Left()
    {
        int open = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        return (int)Math.Clamp((long)Math.Min(OpenFileLimit.Own(), int.MaxValue) - open, 0, int.MaxValue);
    }
}
