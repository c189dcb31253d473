using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>What a process runs as.</summary>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Supplementary">Further groups; may contain <paramref name="Group"/>.</param>
[SupportedOSPlatform("linux")]
public sealed record UserIds(uint User, uint Group, IReadOnlyList<uint> Supplementary)
{
    /// <summary>Whether a thread can take ids on this architecture.</summary>
    public static bool AreKnown => Calls.SetUser > 0;

    /// <summary>The system calls that set ids of one thread; libc's functions of these names set those of all threads.</summary>
    /// <remarks>Known for x86-64 and arm64 (<see cref="AreKnown"/>).</remarks>
    internal static (nint SetGroups, nint SetGroup, nint SetUser) Calls => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (116, 119, 117),
        Architecture.Arm64 => (159, 149, 147),
        _ => (-1, -1, -1), // The kernel knows no such call.
    };
}
