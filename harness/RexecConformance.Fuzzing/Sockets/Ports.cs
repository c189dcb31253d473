using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>What the cases of one target share of this host: its ports, and the way to the server.</summary>
internal sealed class Ports : IDisposable
{
    // Fewer than any server's backlog: a SYN that is dropped costs a second.
    private const int MostConnecting = 64;

    /// <summary>Ports for auxiliary connections.</summary>
    public AuxListenerPool Listeners { get; } = new();

    /// <summary>Ports of cases that are over.</summary>
    public ListenerQuarantine Over { get; } = new();

    /// <summary>The turn of each to connect.</summary>
    public SemaphoreSlim Connecting { get; } = new(MostConnecting);

    /// <summary>How late this machine is.</summary>
    public Lateness Lateness { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Lateness.Dispose();
        Over.Dispose();
        Listeners.Dispose();
        Connecting.Dispose();
    }
}
