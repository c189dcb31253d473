using RexecConformance.Bytes;

namespace RexecConformance.Scenarios;

/// <summary>What must come back from the dialects for which <see cref="When"/> holds.</summary>
public sealed record Alternative
{
    /// <summary>Conditions on properties of the dialect; all must hold.</summary>
    public required IReadOnlyList<Condition> When { get; init; }

    /// <summary>The command runs, with this output; null if not stated.</summary>
    public Accepted? Accepted { get; init; }

    /// <summary>The request is refused for this cause; null if not stated.</summary>
    public string? Refused { get; init; }

    /// <summary>What is said of the primary connection itself.</summary>
    public StreamRule? Primary { get; init; }

    /// <summary>What is said of the auxiliary connection itself.</summary>
    public StreamRule? Aux { get; init; }
}

/// <summary>The output of a command that runs.</summary>
public sealed record Accepted(ByteTemplate Stdout, ByteTemplate Stderr);

/// <summary>The attributes of a stream that a scenario states; null where it says nothing.</summary>
public sealed record StreamRule
{
    /// <summary>All bytes that the server sends.</summary>
    public ByteTemplate? Bytes { get; init; }

    /// <summary>The first bytes that the server sends; what follows them is not known.</summary>
    public ByteTemplate? Beginning { get; init; }

    /// <summary>What the server sends over and over, and never ends by itself.</summary>
    public ByteTemplate? Endless { get; init; }

    /// <summary>How the server ends it.</summary>
    public EndRule? End { get; init; }

    /// <summary>With <see cref="EndRule.Open"/>: for how long.</summary>
    public TimeSpan? OpenFor { get; init; }

    /// <summary>The end comes no earlier, counted from the last step.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>The end comes no later, counted from the last step.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Whether the server connects (auxiliary connection only).</summary>
    public bool? Connected { get; init; }

    /// <summary>The server does not take the client at all (primary connection only).</summary>
    public ConnectionRule? Connection { get; init; }

    /// <summary>False: this stream is not judged.</summary>
    public bool Check { get; init; } = true;
}

/// <summary>How a server does not take a client.</summary>
public enum ConnectionRule
{
    /// <summary>The connection is refused: nobody listens.</summary>
    Refused,

    /// <summary>Refused, not answered, or closed without a byte: the client is not served.</summary>
    TurnedAway,
}

/// <summary>How the server ends a stream.</summary>
public enum EndRule
{
    /// <summary>An orderly close.</summary>
    Fin,

    /// <summary>A reset (in the unsplit variant; a split request is judged as <see cref="Closed"/>).</summary>
    Rst,

    /// <summary>Either.</summary>
    Closed,

    /// <summary>As the dialect's property unread-input says.</summary>
    Unread,

    /// <summary>Not ended.</summary>
    Open,
}
