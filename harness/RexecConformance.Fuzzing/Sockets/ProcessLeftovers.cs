using System.Globalization;
using System.Runtime.Versioning;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>What the processes of one mount namespace of this host hold, as /proc tells.</summary>
/// <param name="member">The id of a process of the namespace.</param>
/// <param name="server">The id of the server, whose descriptors are counted; null if each connection has a process of its own.</param>
[SupportedOSPlatform("linux")]
public sealed class ProcessLeftovers(int member, int? server) : ILeftovers
{
    private const string Descriptors = "descriptors";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel)
    {
        var counts = new Dictionary<string, int>();
        if (NamespaceOf(member) is { } space)
        {
            counts["processes"] = Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
                .Count(id => id > 0 && NamespaceOf(id) == space);
        }

        if (server is { } id)
        {
            try
            {
                counts[Descriptors] = Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Count();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has gone: that is told by other means.
            }
        }

        return ValueTask.FromResult<IReadOnlyDictionary<string, int>>(counts);
    }

    /// <inheritdoc/>
    /// <remarks>A server's runtime opens some descriptors late, and keeps them.</remarks>
    public int Spare(string kind) => kind == Descriptors ? 8 : 0;

    /// <inheritdoc/>
    public TimeSpan GoneWithin(string kind) => TimeSpan.FromSeconds(kind == Descriptors ? 1 : 8);

    // Null for a process that has gone meanwhile, or is not ours to look at.
    private static string? NamespaceOf(int id)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/ns/mnt", returnFinalTarget: false)?.Name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
