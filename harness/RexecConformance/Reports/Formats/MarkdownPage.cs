using System.Text;

namespace RexecConformance.Reports.Formats;

/// <summary>A page of Markdown that stays below the size at which GitHub drops the summary of a step.</summary>
/// <param name="most">Most bytes.</param>
internal sealed class MarkdownPage(int most = MarkdownPage.GitHub)
{
    /// <summary>Most bytes of a step's summary on GitHub.</summary>
    public const int GitHub = 1 << 20;

    /// <summary>Kept free for what is said of what is left out.</summary>
    private const int Reserve = 1024;

    private readonly StringBuilder _text = new();
    private int _bytes;

    /// <summary>Adds lines that must be there; they are few.</summary>
    public void Add(params IEnumerable<string> lines)
    {
        string text = Joined(lines);
        _bytes += Encoding.UTF8.GetByteCount(text);
        _ = _text.Append(text);
    }

    /// <summary>Adds lines if there is room for all of them.</summary>
    public bool TryAdd(IEnumerable<string> lines)
    {
        string text = Joined(lines);
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (_bytes + bytes > most - Reserve)
        {
            return false;
        }

        _bytes += bytes;
        _ = _text.Append(text);
        return true;
    }

    /// <summary>Adds parts as long as there is room.</summary>
    /// <returns>How many did not find room.</returns>
    public int AddWhatFits(IReadOnlyList<IEnumerable<string>> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (!TryAdd(parts[i]))
            {
                return parts.Count - i;
            }
        }

        return 0;
    }

    /// <summary>Writes the page.</summary>
    public void WriteTo(Stream output) => output.Write(Encoding.UTF8.GetBytes(_text.ToString()));

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
