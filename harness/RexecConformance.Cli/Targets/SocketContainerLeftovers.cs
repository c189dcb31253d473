using System.Globalization;
using RexecConformance.Containers.Targets;
using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Inetd;

namespace RexecConformance.Cli.Targets;

/// <summary>The processes of a container, and the descriptors of its first one, asked inside: each container has a process table of its own.</summary>
internal sealed class SocketContainerLeftovers(RunningContainer container) : ILeftovers
{
    // A shell alone, since not every image has ps. It counts itself each time.
    private const string Ask = "set -- /proc/[0-9]*; echo $#; set -- /proc/1/fd/*; echo $#";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel)
    {
        try
        {
            string[] lines = (await container.PrintedAsync(Ask, cancel)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return lines.Length == 2 && Number(lines[0]) is { } processes && Number(lines[1]) is { } descriptors
                ? new Dictionary<string, int> { ["processes"] = processes, ["descriptors of its first process"] = descriptors }
                : [];
        }
        catch (TargetStartException)
        {
            return new Dictionary<string, int>(); // the engine has gone: that is told by the target itself
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
