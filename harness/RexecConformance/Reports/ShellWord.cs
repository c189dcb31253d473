namespace RexecConformance.Reports;

/// <summary>A word of a command that a person may copy into a shell.</summary>
public static class ShellWord
{
    /// <summary>The word as it is where no shell changes it, else in single quotes.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || ":/.,=_-+[]".Contains(c)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
