namespace RexecConformance.Reports;

/// <summary>Rows of text in aligned columns.</summary>
internal static class TextTable
{
    /// <summary>Writes the rows; the first one is the heading. The last column is not padded.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">Rows, each with as many cells.</param>
    /// <param name="right">Columns that are aligned to the right.</param>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, params int[] right)
    {
        List<string[]> safe = [.. rows.Select(row => row.Select(PlainText.OneLine).ToArray())];
        int[] widths = [.. Enumerable.Range(0, safe[0].Length).Select(column => safe.Max(row => row[column].Length))];
        foreach (string[] row in safe)
        {
            IEnumerable<string> cells = row.Select((cell, i) => right.Contains(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
