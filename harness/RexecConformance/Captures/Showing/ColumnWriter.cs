using System.Text;

namespace RexecConformance.Captures.Showing;

/// <summary>
/// Rows of text in aligned columns, without holding all of them: the first rows decide how wide the columns are, and a later
/// cell that is wider widens its column from there on.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="heading">The heading; it is written before the first row.</param>
/// <param name="right">Columns that are aligned to the right.</param>
/// <param name="total">Characters in a row; the last cell is cut to it.</param>
/// <param name="hold">How many rows are waited for before the first is written.</param>
internal sealed class ColumnWriter(TextWriter output, string[] heading, IReadOnlySet<int> right, int total, int hold)
{
    // The last cell may push a row beyond its total rather than be nothing but dots.
    private const int SmallestLast = 12;

    private readonly int[] _widths = [.. heading.Select(cell => cell.Length)];
    private List<string[]>? _held = [heading];

    public void Add(string[] row)
    {
        if (_held is null)
        {
            Write(row);
            return;
        }

        _held.Add(row);
        if (_held.Count > hold)
        {
            Release();
        }
    }

    /// <summary>Writes what is held.</summary>
    public void Release()
    {
        var rows = _held ?? [];
        _held = null;
        rows.ForEach(Widen);
        rows.ForEach(Write);
        output.Flush();
    }

    private void Widen(string[] row)
    {
        for (var i = 0; i < row.Length - 1; i++)
        {
            _widths[i] = Math.Max(_widths[i], row[i].Length);
        }
    }

    private void Write(string[] row)
    {
        Widen(row);
        var line = new StringBuilder(total);
        for (var i = 0; i < row.Length - 1; i++)
        {
            line.Append(right.Contains(i) ? row[i].PadLeft(_widths[i]) : row[i].PadRight(_widths[i])).Append("  ");
        }

        var left = Math.Max(SmallestLast, total - line.Length);
        line.Append(row[^1].Length <= left ? row[^1] : row[^1][..(left - 3)] + "...");
        output.WriteLine(line.ToString().TrimEnd());
    }
}
