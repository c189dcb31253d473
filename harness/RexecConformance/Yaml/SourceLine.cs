using System.Text;
using RexecConformance.Reports;

namespace RexecConformance.Yaml;

/// <summary>A line of a data file for a terminal, with a caret under one of its characters.</summary>
public static class SourceLine
{
    private const int TabStop = 4;

    // As much as stands beside each other in a usual terminal, the indentation included.
    private const int Widest = 100;

    private const string Cut = "...";

    /// <summary>The line, and below it the caret.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="column">1-based, counted in UTF-16 units as the YAML reader counts; one behind the end is allowed.</param>
    public static (string Line, string Caret) Point(string line, int column)
    {
        int at = Math.Clamp(column - 1, 0, line.Length);
        List<(string Text, int Width)> cells = [];
        int caretCell = -1;
        int place = 0;
        for (int i = 0; i < line.Length;)
        {
            int length = Rune.TryGetRuneAt(line, i, out Rune rune) ? rune.Utf16SequenceLength : 1;
            caretCell = caretCell < 0 && at < i + length ? cells.Count : caretCell;
            (string Text, int Width) cell = Cell(line.Substring(i, length), rune, place);
            cells.Add(cell);
            place += cell.Width;
            i += length;
        }

        caretCell = caretCell < 0 ? cells.Count : caretCell;
        (int from, int to) = Window(cells, caretCell);
        string before = from > 0 ? Cut : "";
        string text = before + string.Concat(cells[from..to].Select(cell => cell.Text)) + (to < cells.Count ? Cut : "");
        int left = before.Length + cells[from..caretCell].Sum(cell => cell.Width);
        return (text.TrimEnd(), new string(' ', left) + "^");
    }

    // A tab as blanks, whatever has no picture as an escape, the rest as it is.
    private static (string Text, int Width) Cell(string text, Rune rune, int place)
    {
        if (text == "\t")
        {
            int blanks = TabStop - (place % TabStop);
            return (new string(' ', blanks), blanks);
        }

        string shown = PlainText.OneLine(text);
        return shown == text ? (text, Width(rune)) : (shown, shown.Length);
    }

    private static (int From, int To) Window(List<(string Text, int Width)> cells, int caret)
    {
        if (cells.Sum(cell => cell.Width) <= Widest)
        {
            return (0, cells.Count);
        }

        // Two thirds before the fault: what leads to it says more than what follows.
        int from = caret;
        int width = 0;
        while (from > 0 && width + cells[from - 1].Width <= Widest * 2 / 3)
        {
            width += cells[--from].Width;
        }

        int to = caret;
        while (to < cells.Count && width + cells[to].Width <= Widest)
        {
            width += cells[to++].Width;
        }

        while (from > 0 && to == cells.Count && width + cells[from - 1].Width <= Widest)
        {
            width += cells[--from].Width;
        }

        return (from, to);
    }

    /// <summary>Columns of a terminal that a character takes: 0 for marks that stand on the one before, 2 for East Asian wide ones and pictures.</summary>
    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0x303e) or (>= 0x3041 and <= 0xa4cf) or (>= 0xa960 and <= 0xa97c)
            or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60)
            or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1f64f) or (>= 0x1f680 and <= 0x1f6ff) or (>= 0x1f900 and <= 0x1f9ff) or (>= 0x20000 and <= 0x3fffd) ? 2 : 1,
    };
}
