using System.Globalization;
using System.Text;
using System.Text.Json;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports.Html;

/// <summary>Streams, expected and received, for the page's script.</summary>
/// <param name="strings">All text.</param>
/// <param name="bytes">All bytes.</param>
/// <param name="expectations">What was expected of a stream.</param>
internal sealed class StreamData(Pool strings, Pool bytes, Pool expectations)
{
    /// <summary>A time as the data holds it.</summary>
    public static int Microseconds(TimeSpan time) => (int)Math.Clamp(Math.Round(time.TotalMicroseconds), 0, int.MaxValue);

    /// <summary>
    /// The number of bytes: a list of their length, whether more came that was not kept, and of what is kept the offset and
    /// the text, range by range.
    /// </summary>
    public static int Of(Pool strings, Pool bytes, ReportedBytes of, int difference)
    {
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"[{of.Length}");
        foreach ((int offset, string range) in ShownBytes.Ranges(of, difference))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $",{offset},{strings.Of(range)}");
        }

        return bytes.Of(text.Append(']').ToString());
    }

    /// <summary>The number of an expectation.</summary>
    public int Of(ReportedExpectation expected, ReportedStream? received)
    {
        int difference = received is null ? -1 : ShownBytes.FirstDifference(expected.Literal, received.Bytes);
        IEnumerable<string> parts = expected.Parts.Select(part => part.Bytes is { } literal
            ? $"[0,{Of(strings, bytes, literal, difference)}]"
            : $"[1,{strings.Of(PlainText.OneLine(part.Pattern ?? ""))}]");
        int end = strings.Of(Words.Of(expected.End) + Words.Bounds(expected));
        return expectations.Of($"[{(expected.Check ? 1 : 0)},{(expected.Connected ? 1 : 0)},{end},[{string.Join(',', parts)}]]");
    }

    /// <summary>What a stream brought: [] for one that was not there, else times, end, bytes and whether more came.</summary>
    public void Write(Utf8JsonWriter json, ReportedStream stream, ReportedExpectation? expected)
    {
        json.WriteStartArray();
        if (stream.Connected)
        {
            json.WriteNumberValue(Microseconds(stream.ConnectedAt));
            json.WriteNumberValue((int)stream.End);
            json.WriteNumberValue(Microseconds(stream.EndAt));
            json.WriteNumberValue(Of(strings, bytes, stream.Bytes, ShownBytes.FirstDifference(expected?.Literal, stream.Bytes)));
            json.WriteNumberValue(stream.Overflow ? 1 : 0);
        }

        json.WriteEndArray();
    }
}
