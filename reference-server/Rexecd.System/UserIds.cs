using System.Runtime.Versioning;

namespace Posix;

/// <summary>What a process runs as.</summary>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Supplementary">Further groups; may contain <paramref name="Group"/>.</param>
[SupportedOSPlatform("linux")]
public sealed record UserIds(uint User, uint Group, IReadOnlyList<uint> Supplementary)
{
    /// <summary>Whether a process can take ids on this architecture.</summary>
    public static bool AreKnown => SystemCallNumbers.Own is not null;
}
