using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>A case as one line of JSON that people can read, and back (docs/fuzz-generator.md has the form).</summary>
/// <remarks>
/// The line is ASCII but for letters and digits of other scripts. What is read is what was written, but for one thing: literal pieces
/// that stand side by side in a byte string become one. A byte takes at most six characters; runs of the same bytes are written as such,
/// so that a field of 128 KiB is a short line.
/// </remarks>
public static class CaseText
{
    /// <summary>The longest line that is read, characters.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    /// <summary>The case as a line, without its end.</summary>
    /// <exception cref="ArgumentException">It has a part that no request has (a diagnostic), or companions within companions.</exception>
    public static string Write(FuzzCase fuzzCase)
    {
        var text = new StringBuilder(256);
        Write(text, fuzzCase, null);
        return text.ToString();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not a case; the message is one line.</exception>
    public static FuzzCase Read(string line)
    {
        if (line.Length > LongestLine)
        {
            throw new FormatException($"a line of {line.Length} characters, expected a case of at most {LongestLine}");
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return CaseReader.Read(document.RootElement, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // A lone surrogate is found only when the text is taken out. What stands in the line may stand in the message.
            throw new FormatException("not a case: " + OneLine(e.Message), e);
        }
    }

    private static string OneLine(string message)
    {
        const int Longest = 400;
        return string.Concat(message.Take(Longest).Select(c => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()));
    }

    private static void Write(StringBuilder text, FuzzCase fuzzCase, CaseOrigin? parent)
    {
        text.Append('{');
        if (fuzzCase.Origin != parent)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"seed\":{fuzzCase.Origin.Seed},\"number\":{fuzzCase.Origin.Number},\"family\":");
            JsonText.Append(text, fuzzCase.Origin.Family);
            text.Append(',');
        }

        text.Append($"\"aux\":\"{AuxNames.Of(fuzzCase.Aux.Mode)}\"");
        if (fuzzCase.Aux.After != TimeSpan.Zero)
        {
            text.Append($",\"aux-after\":\"{ExactTimes.Write(fuzzCase.Aux.After)}\"");
        }

        text.Append(",\"fragments\":");
        FragmentationText.Append(text, fuzzCase.Fragments);
        text.Append(",\"send\":");
        StepText.AppendList(text, fuzzCase.Send);
        if (fuzzCase.Companions.Count > 0)
        {
            if (parent is not null)
            {
                throw new ArgumentException("a companion has companions itself", nameof(fuzzCase));
            }

            text.Append(",\"companions\":[");
            for (int i = 0; i < fuzzCase.Companions.Count; i++)
            {
                text.Append(i == 0 ? "" : ",");
                Write(text, fuzzCase.Companions[i], fuzzCase.Origin);
            }

            text.Append(']');
        }

        text.Append('}');
    }
}
