namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>A change of a command: <c>OLD -> NEW</c>.</summary>
internal sealed record Change(string Old, string New)
{
    private const string Arrow = " -> ";

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It has no arrow, or nothing before it.</exception>
    public static Change Read(string text)
    {
        int arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        return arrow > 0 ? new Change(text[..arrow].Trim(), text[(arrow + Arrow.Length)..].Trim()) : throw new FormatException($"'{text}' is no change, expected OLD -> NEW");
    }

    /// <summary>The text with the change; the text itself if it has no <see cref="Old"/>.</summary>
    public string In(string text) => text.Replace(Old, New, StringComparison.Ordinal);
}
