namespace Rexecd;

/// <summary>What a client in memory does about the connection that the server makes to it.</summary>
public enum MemoryAuxMode
{
    /// <summary>Nobody listens: the connect is refused.</summary>
    Refuse,

    /// <summary>It is accepted, <see cref="MemoryAux.After"/> the session began or at once.</summary>
    Accept,

    /// <summary>The system completes the connection, and the client never looks at it.</summary>
    NeverAccept,

    /// <summary>It is accepted and reset at once.</summary>
    Reset,

    /// <summary>The connect gets no answer.</summary>
    Unanswered,
}

/// <summary>The port that a client in memory has for the auxiliary connection.</summary>
/// <param name="Port">Its number; a connect to any other is refused.</param>
/// <param name="Mode">What happens to a connect.</param>
/// <param name="After">For <see cref="MemoryAuxMode.Accept"/>: no earlier than this time of the session.</param>
public readonly record struct MemoryAux(int Port, MemoryAuxMode Mode, TimeSpan After)
{
    /// <summary>No port.</summary>
    public static MemoryAux None => default;
}
