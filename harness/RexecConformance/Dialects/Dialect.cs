using RexecConformance.Bytes;

namespace RexecConformance.Dialects;

/// <summary>Where an expectation comes from.</summary>
public enum BasisKind
{
    /// <summary>A manual says so.</summary>
    Documented,

    /// <summary>Public source code does so.</summary>
    Source,

    /// <summary>A running daemon was seen to do so.</summary>
    Observed,

    /// <summary>It follows from something else; the note says from what.</summary>
    Inferred,
}

/// <summary>The evidence for one statement about a dialect.</summary>
/// <param name="Kind">What kind of evidence it is.</param>
/// <param name="Source">The document or daemon, in full.</param>
/// <param name="Place">Where in it.</param>
/// <param name="Note">What an inference follows from, or a remark.</param>
public sealed record Basis(BasisKind Kind, string Source, string? Place, string? Note)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Kind.ToString().ToLowerInvariant() + ": " + Source + (Place is null ? "" : ", " + Place) + (Note is null ? "" : $" ({Note})");
}

/// <summary>One property of a dialect, with its evidence.</summary>
public sealed record DialectProperty(string Name, string Value, Basis Basis);

/// <summary>What a refusal looks like.</summary>
public enum DiagnosticForm
{
    /// <summary>Flag byte 1, the text, the terminator.</summary>
    Text,

    /// <summary>Bytes as they are, without a flag byte.</summary>
    Bytes,

    /// <summary>No byte at all.</summary>
    Silent,

    /// <summary>Flag byte 1, some text, a newline.</summary>
    Any,

    /// <summary>Flag byte 1, a text that matches, the terminator.</summary>
    Pattern,
}

/// <summary>How a dialect refuses for one cause.</summary>
public sealed record Diagnostic
{
    /// <summary>The cause, for example <c>unknown-user</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it looks like.</summary>
    public required DiagnosticForm Form { get; init; }

    /// <summary>The text or the bytes.</summary>
    public required ByteTemplate Content { get; init; }

    /// <summary>For <see cref="DiagnosticForm.Pattern"/>: a regular expression over the text.</summary>
    public string? Pattern { get; init; }

    /// <summary>False: the pattern is about all bytes; there is no flag byte before it and no terminator after it.</summary>
    public bool Flag { get; init; } = true;

    /// <summary>The close comes no earlier.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>The close comes no later.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>The evidence for the text.</summary>
    public required Basis Basis { get; init; }
}

/// <summary>A family of servers with one behaviour, as the suite's own files tell it.</summary>
public sealed record Dialect
{
    /// <summary>The dialect's name.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>Properties by name; what its sources say nothing about is absent.</summary>
    public required IReadOnlyDictionary<string, DialectProperty> Properties { get; init; }

    /// <summary>Diagnostics by cause.</summary>
    public required IReadOnlyDictionary<string, Diagnostic> Diagnostics { get; init; }

    /// <summary>The file that it stands in.</summary>
    public required string File { get; init; }
}
