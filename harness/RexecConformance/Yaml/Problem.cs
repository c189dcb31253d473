namespace RexecConformance.Yaml;

/// <summary>One mistake in a data file: where it is, and what was expected there.</summary>
/// <param name="File">The file as the person named it.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Text">What is wrong and what was expected.</param>
public sealed record Problem(string File, long Line, long Column, string Text)
{
    /// <summary>A line of the form <c>file:line:column: text</c>, as some readers throw it; without places it is a text about the file.</summary>
    internal static Problem Parse(string line)
    {
        string[] parts = line.Split(':', 4);
        return parts.Length == 4 && long.TryParse(parts[1], out long row) && long.TryParse(parts[2], out long column)
            ? new Problem(parts[0], row, column, parts[3].TrimStart())
            : new Problem(line, 1, 1, "");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Text}";
}
