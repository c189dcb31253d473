using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures.Tracking;

/// <summary>What is known so far about a connection that is, or may be, the primary one of a rexec exchange.</summary>
internal sealed class TrackedExchange(TcpConnection primary)
{
    private int _judgedAgainAt;

    /// <summary>The connection.</summary>
    public TcpConnection Primary { get; } = primary;

    /// <summary>The connection to the port that the request names.</summary>
    public TcpConnection? Aux { get; set; }

    /// <summary>True once it is certain that this is rexec, by its port or its shape.</summary>
    public bool IsRexec { get; set; }

    /// <summary>True once nothing more is expected to come of it.</summary>
    public bool IsDone { get; set; }

    /// <summary>True once the port field was read, or can't be any more.</summary>
    public bool PortRead { get; set; }

    /// <summary>The client under which it counts as a request whose port is awaited, or null. (A late SYN may show that the other side is the client.)</summary>
    public HostAddress? PortToComeFrom { get; set; }

    /// <summary>Where the client listens, or null for nowhere (or not known yet).</summary>
    public HostPort? Listener { get; set; }

    /// <summary>True while it is in the queue of those that have ended.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Its place in the order of first packets, while it is in there.</summary>
    public LinkedListNode<TrackedExchange>? Place { get; set; }

    /// <summary>Number of the last frame of either connection.</summary>
    public int LastFrame => Math.Max(Primary.LastFrame, Aux?.LastFrame ?? 0);

    /// <summary>True if both connections have ended, as far as they are known.</summary>
    public bool IsOver => Primary.Over && (Aux is null || Aux.Over || Aux.Established is null);

    /// <summary>What became of the aux connection.</summary>
    public AuxOutcome AuxOutcome(RequestField port) => (port.State, Listener, Aux) switch
    {
        (FieldState.Lost, _, _) => Captures.AuxOutcome.Unknown,
        (_, null, _) => Captures.AuxOutcome.NotAsked,
        (_, _, null) => Captures.AuxOutcome.NotInFile,
        (_, _, { Established: null }) => Captures.AuxOutcome.Failed,
        _ => Captures.AuxOutcome.Connected,
    };

    /// <summary>
    /// True when it is worth looking at the request again: not at each byte of a long one, or a request of many small segments
    /// would cost the square of its length.
    /// </summary>
    public bool WorthALook(int sent)
    {
        if (sent < _judgedAgainAt)
        {
            return false;
        }

        _judgedAgainAt = sent < 4096 ? sent + 1 : sent * 2;
        return true;
    }
}
