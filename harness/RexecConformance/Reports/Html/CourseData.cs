using System.Globalization;
using System.Text;
using RexecConformance.Reports.Results;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Html;

/// <summary>
/// The course of an exchange for the page's script. What happened is the same for many results and is pooled; only
/// the times are each exchange's own.
/// </summary>
/// <param name="strings">All text.</param>
/// <param name="bytes">All bytes.</param>
internal sealed class CourseData(Pool strings, Pool bytes)
{
    private enum Kind
    {
        Did = 0,
        Sent = 1,
        Connected = 2,
        Received = 3,
        Ended = 4,
        StepsDone = 5,
    }

    /// <summary>The time of each entry: microseconds since the one before.</summary>
    public IReadOnlyList<int> Times { get; private set; } = [];

    /// <summary>
    /// The entries, in order of time: kind, stream (-1: none), and by kind the text of an event, the bytes that were sent, the length and number
    /// of a piece, or how a stream ended.
    /// </summary>
    public string Of(ReportedExchange exchange)
    {
        List<(TimeSpan At, string Entry)> all = [.. Did(exchange), .. Stream(exchange, StreamName.Primary), .. Stream(exchange, StreamName.Aux),
            (exchange.StepsDoneAt, $"[{(int)Kind.StepsDone},-1]")];
        var course = new StringBuilder("[");
        var times = new List<int>();
        int before = 0;
        foreach ((TimeSpan at, string entry) in all.OrderBy(one => one.At))
        {
            int now = StreamData.Microseconds(at);
            times.Add(now - before);
            before = now;
            _ = course.Append(course.Length > 1 ? "," : "").Append(entry);
        }

        Times = times;
        return course.Append(']').ToString();
    }

    private IEnumerable<(TimeSpan At, string Entry)> Did(ReportedExchange exchange)
    {
        foreach (ReportedEvent one in exchange.Did)
        {
            int stream = one.Stream is { } name ? (int)name : -1;
            yield return (one.At, one.Sent is { } sent
                ? Entry(Kind.Sent, stream, StreamData.Of(strings, bytes, sent, -1))
                : Entry(Kind.Did, stream, strings.Of(PlainText.OneLine(one.Text))));
        }
    }

    private static IEnumerable<(TimeSpan At, string Entry)> Stream(ReportedExchange exchange, StreamName name)
    {
        ReportedStream stream = exchange.Stream(name);
        if (!stream.Connected)
        {
            yield break;
        }

        yield return (stream.ConnectedAt, Entry(Kind.Connected, (int)name));
        int offset = 0;
        for (int i = 0; i < stream.Pieces.Count; i++)
        {
            // The last piece may stand apart from the others: those between are counted only.
            ReportedPiece piece = stream.Pieces[i];
            bool apart = i == stream.Pieces.Count - 1 && stream.PieceCount > stream.Pieces.Count;
            yield return (piece.At, Entry(Kind.Received, (int)name, piece.Length, apart ? -1 : offset, apart ? stream.PieceCount : i + 1));
            offset += piece.Length;
        }

        yield return (stream.EndAt, Entry(Kind.Ended, (int)name, (int)stream.End));
    }

    private static string Entry(Kind kind, params ReadOnlySpan<int> numbers)
    {
        var entry = new StringBuilder();
        _ = entry.Append(CultureInfo.InvariantCulture, $"[{(int)kind}");
        foreach (int number in numbers)
        {
            _ = entry.Append(CultureInfo.InvariantCulture, $",{number}");
        }

        return entry.Append(']').ToString();
    }
}
