using RexecConformance.Scenarios;

namespace RexecConformance.Authoring;

/// <summary>An act of the client as an option says it.</summary>
/// <param name="Option">send, hex, pause, signal, half-close, reset.</param>
/// <param name="Value">What follows the option.</param>
public sealed record DraftAct(string Option, string Value);

/// <summary>What a person says of a new scenario on the command line; what is null or empty was not said.</summary>
public sealed record Draft
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The level.</summary>
    public Level? Level { get; init; }

    /// <summary>Ids of requirements.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Ids of scenarios.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Capabilities.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary><c>none</c>, <c>aux</c> or text.</summary>
    public string? Port { get; init; }

    /// <summary>An account's key, or <c>=TEXT</c>.</summary>
    public string? User { get; init; }

    /// <summary>An account's key, or <c>=TEXT</c>.</summary>
    public string? Password { get; init; }

    /// <summary>An operation, or text.</summary>
    public string? Command { get; init; }

    /// <summary>What else the client does, in order.</summary>
    public IReadOnlyList<DraftAct> Acts { get; init; } = [];

    /// <summary>Segmentations by name, for example <c>split-1-7</c>.</summary>
    public IReadOnlyList<string> Fragments { get; init; } = [];

    /// <summary>A mode of the auxiliary connection, <c>accept-late=300ms</c> with a time.</summary>
    public string? Aux { get; init; }

    /// <summary>What must come back.</summary>
    public IReadOnlyList<string> Expect { get; init; } = [];

    /// <summary><c>DIALECT=WHAT</c>: what must come back from one that differs.</summary>
    public IReadOnlyList<string> ExpectOf { get; init; } = [];

    /// <summary>What must come on the auxiliary connection.</summary>
    public string? ExpectAux { get; init; }

    /// <summary>Error output of a command that runs.</summary>
    public string? Stderr { get; init; }

    /// <summary>How the server ends the primary connection.</summary>
    public string? End { get; init; }

    /// <summary><c>KIND: SOURCE, PLACE</c>: who says so.</summary>
    public string? Basis { get; init; }

    /// <summary>Free text.</summary>
    public string? Notes { get; init; }
}
