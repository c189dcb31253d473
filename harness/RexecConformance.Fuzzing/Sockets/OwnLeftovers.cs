using System.Runtime.Versioning;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>What a server in this process leaves: connections of its port that never end, and files and devices that this process holds.</summary>
/// <remarks>Sockets and pipes of this process are its clients' too, and assemblies are the runtime's; other files and devices are neither.</remarks>
/// <param name="port">The server's port.</param>
[SupportedOSPlatform("linux")]
public sealed class OwnLeftovers(int port) : ILeftovers
{
    private const string Files = "files";
    private static readonly string[] s_ofRuntime = [".dll", ".so", ".dat"];
    private readonly PortLeftovers _connections = new(port);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel) =>
        new Dictionary<string, int>(await _connections.CountAsync(cancel)) { [Files] = Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(IsFile) };

    /// <inheritdoc/>
    /// <remarks>The runtime and the corpus open some files late. A leak of one for each session is far more.</remarks>
    public int Spare(string kind) => kind == Files ? 16 : 0;

    /// <inheritdoc/>
    /// <remarks>The longest scripted command in the background takes two seconds.</remarks>
    public TimeSpan GoneWithin(string kind) => kind == Files ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(4);

    private static bool IsFile(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget is { } file && file.StartsWith('/') && !s_ofRuntime.Any(end => file.EndsWith(end, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // closed meanwhile
        }
    }
}
