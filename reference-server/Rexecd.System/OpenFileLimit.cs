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

    private static readonly Lock Gate = new();
    private static int _holders;
    private static ulong _own;

    /// <summary>
    /// Lowers this process's soft limit until <see cref="Raise"/>, so that the program which replaces it has it. It
    /// is the process's, so while it lasts no descriptor from 1024 up can be made; those that are open stay.
    /// </summary>
    public static void Lower()
    {
        lock (Gate)
        {
            if (_holders++ == 0)
            {
                ResourceLimit limit;
                _ = prlimit64(0, OpenFiles, null, &limit);
                _own = limit.Soft;
                Set(Math.Min(_own, OfLogin));
            }
        }
    }

    /// <summary>The soft limit that this process has, but for what <see cref="Lower"/> has made of it.</summary>
    public static ulong Own()
    {
        lock (Gate)
        {
            ResourceLimit limit;
            return _holders > 0 ? _own : prlimit64(0, OpenFiles, null, &limit) == 0 ? limit.Soft : ulong.MaxValue;
        }
    }

    /// <summary>Ends what <see cref="Lower"/> began.</summary>
    public static void Raise()
    {
        lock (Gate)
        {
            if (--_holders == 0)
            {
                Set(_own);
            }
        }
    }

    private static void Set(ulong soft)
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
