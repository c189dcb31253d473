using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Judging;

/// <summary>What must come back on one stream.</summary>
public sealed record ExpectedStream
{
    /// <summary>False: not judged.</summary>
    public bool Check { get; init; } = true;

    /// <summary>Whether the connection must be there.</summary>
    public bool Connected { get; init; } = true;

    /// <summary>The server does not take the client; then nothing else is judged.</summary>
    public ConnectionRule? Connection { get; init; }

    /// <summary>All that the server sends.</summary>
    public required ExpectedContent Content { get; init; }

    /// <summary>What comes over and over without an end; <see cref="Content"/> is then the part of it that must have come.</summary>
    public byte[]? Endless { get; init; }

    /// <summary>How it ends: Fin, Rst, Closed or Open.</summary>
    public required EndRule End { get; init; }

    /// <summary>For <see cref="EndRule.Open"/>.</summary>
    public TimeSpan? OpenFor { get; init; }

    /// <summary>The end comes no earlier, counted from the last step.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>The end comes no later, counted from the last step.</summary>
    public TimeSpan? Within { get; init; }
}

/// <summary>The evidence for one attribute of an expectation.</summary>
/// <param name="Attribute">text, terminator, stream, order, or the property that decides.</param>
/// <param name="Basis">The evidence.</param>
public sealed record BasisLine(string Attribute, Basis Basis)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attribute}: {Basis}";
}

/// <summary>What a dialect's server must answer to a scenario.</summary>
/// <param name="Primary">On the primary connection.</param>
/// <param name="Aux">On the auxiliary connection.</param>
/// <param name="Basis">The evidence, attribute by attribute.</param>
public sealed record ExpectedExchange(ExpectedStream Primary, ExpectedStream Aux, IReadOnlyList<BasisLine> Basis)
{
    /// <summary>True if nothing is to come at all: steps that wait for something wait in vain, and rightly.</summary>
    public bool NeverAnswers { get; init; }

    /// <summary>The alternative of the scenario that it was made of; null where there is none, or it is not known.</summary>
    public Alternative? Alternative { get; init; }

    /// <summary>True if the steps wait for what another server was captured to send, so that it may rightly not come.</summary>
    public bool AwaitsAnother { get; init; }
}
