namespace RexecConformance.Yaml;

/// <summary>One mistake in a data file: where it is, and what was expected there.</summary>
/// <param name="File">The file as the person named it.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Text">What is wrong and what was expected.</param>
public sealed record Problem(string File, long Line, long Column, string Text)
{
    // As large a data file as any reader takes.
    private const long MostBytes = 4 * 1024 * 1024;

    // Longer ones no person wrote, and what looks for passwords in them takes its time.
    private const int LongestLine = 16 * 1024;

    /// <summary>True if line and column are those of the fault; false where the file as a whole is meant.</summary>
    public bool Placed { get; init; }

    /// <summary>A line of the form <c>file:line:column: text</c>, as some readers throw it; without places it is a text about the file.</summary>
    internal static Problem Parse(string line)
    {
        string[] parts = line.Split(':', 4);
        return parts.Length == 4 && long.TryParse(parts[1], out long row) && long.TryParse(parts[2], out long column)
            ? new Problem(parts[0], row, column, parts[3].TrimStart()) { Placed = true }
            : new Problem(line, 1, 1, "");
    }

    /// <summary>
    /// The line of the file and a caret under the fault, for a terminal; nothing where the place is not known, the file can't be read
    /// any more, or it holds accounts: their passwords are not shown.
    /// </summary>
    public IReadOnlyList<string> Excerpt()
    {
        try
        {
            var file = new FileInfo(File);
            if (!Placed || !file.Exists || file.Length is 0 or > MostBytes)
            {
                return [];
            }

            string[] lines = System.IO.File.ReadAllText(File).Split('\n');
            if (lines.Any(one => one.Length > LongestLine))
            {
                return [];
            }

            // Where something is missing at the end of the file, the caret is behind the last thing that is there.
            int line = (int)Math.Clamp(Line, 1, lines.Length) - 1;
            bool behind = lines[line].Trim().Length == 0;
            while (line > 0 && lines[line].Trim().Length == 0)
            {
                line--;
            }

            if (SecretLines.Showable(lines, line) is not { } shown)
            {
                return [];
            }

            // Some know only the line: the caret is under the first thing that stands there.
            shown = shown.TrimEnd('\r');
            int indent = shown.Length - shown.TrimStart().Length;
            (string text, string caret) = SourceLine.Point(shown, behind ? shown.Length + 1 : (int)Math.Clamp(Column, indent + 1, int.MaxValue));
            return text.Trim().Length == 0 ? [] : ["  " + text, "  " + caret];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Text}";
}
