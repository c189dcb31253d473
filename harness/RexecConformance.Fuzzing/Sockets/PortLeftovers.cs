using System.Globalization;
using System.Runtime.Versioning;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>The connections of a server on loopback that are still there, as the kernel's table tells: sessions that never end.</summary>
/// <param name="port">The server's port.</param>
[SupportedOSPlatform("linux")]
public sealed class PortLeftovers(int port) : ILeftovers
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel)
    {
        string local = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        int open = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(words => words.Length > 3 && words[1].EndsWith(local, StringComparison.Ordinal) && IsOpen(words[3]));
        return ValueTask.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int> { ["connections"] = open });
    }

    // The states of include/net/tcp_states.h in which a process still holds the socket: ESTABLISHED and CLOSE_WAIT.
    private static bool IsOpen(string state) => state is "01" or "08";
}
