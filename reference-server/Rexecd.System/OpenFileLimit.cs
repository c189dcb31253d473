using System.Runtime.Versioning;
using System.Runtime.InteropServices;

namespace Posix;

/// <summary>
/// The soft limit of open files that a login gives (1024). .NET raises its own to the hard limit and children inherit that,
/// which changes programs that close or count all descriptors.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class OpenFileLimit
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE

    /// <summary>The soft limit of a login.</summary>
    public const ulong OfLogin = 1024;

    /// <summary>The soft limit that this process has.</summary>
    public static ulong Own()
    {
        ResourceLimit limit;
        return prlimit64(0, OpenFiles, null, &limit) == 0 ? limit.Soft : ulong.MaxValue;
    }

    /// <summary>
    /// Sets this process's soft limit, for the program that replaces it. While it is lowered no descriptor from there up can
    /// be made; those that are open stay.
    /// </summary>
    public static void Set(ulong soft)
    {
        ResourceLimit limit;
        if (prlimit64(0, OpenFiles, null, &limit) == 0)
        {
            limit.Soft = soft;
            _ = prlimit64(0, OpenFiles, &limit, null);
        }
    }

    [LibraryImport("libc")]
    private static partial int prlimit64(int pid, int resource, ResourceLimit* newLimit, ResourceLimit* oldLimit);
}
