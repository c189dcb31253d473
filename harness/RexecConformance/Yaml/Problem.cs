namespace RexecConformance.Yaml;

/// <summary>One mistake in a data file: where it is, and what was expected there.</summary>
/// <param name="File">The file as the person named it.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Text">What is wrong and what was expected.</param>
public sealed record Problem(string File, long Line, long Column, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Text}";
}
