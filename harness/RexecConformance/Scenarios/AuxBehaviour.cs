namespace RexecConformance.Scenarios;

/// <summary>What the client does about the connection that the server opens.</summary>
public enum AuxMode
{
    /// <summary>There is no listener.</summary>
    None,

    /// <summary>Listens and accepts at once.</summary>
    Listen,

    /// <summary>The port is bound, nobody listens: the server's connect is refused.</summary>
    Refuse,

    /// <summary>Accepts after a while; the kernel has completed the connection before.</summary>
    AcceptLate,

    /// <summary>Never accepts; the kernel has completed the connection all the same.</summary>
    NeverAccept,

    /// <summary>Accepts and resets at once.</summary>
    Reset,

    /// <summary>The backlog is full: the server's connect gets no answer.</summary>
    BacklogFull,

    /// <summary>Listens on a port below 1024.</summary>
    Privileged,
}

/// <summary>The mode and its delay.</summary>
/// <param name="Mode">What is done.</param>
/// <param name="After">For <see cref="AuxMode.AcceptLate"/>: how long after the first step.</param>
public sealed record AuxBehaviour(AuxMode Mode, TimeSpan After);
