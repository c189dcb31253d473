using System.Globalization;
using RexecConformance.Reports.Results;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>What was done and what came, in the order of time.</summary>
internal static class TranscriptText
{
    /// <summary>Most lines; a request cut into single bytes has hundreds.</summary>
    public const int MaxLines = 40;

    private const int Tail = 10;

    /// <summary>The lines, not indented.</summary>
    public static IEnumerable<string> Lines(ReportedExchange exchange)
    {
        var all = exchange.Did.Select(Did)
            .Concat(Received(exchange, StreamName.Primary))
            .Concat(Received(exchange, StreamName.Aux))
            .Append((At: exchange.StepsDoneAt, Stream: (StreamName?)null, Text: "all steps done"))
            .OrderBy(line => line.At)
            .Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.At.TotalSeconds,8:0.0000} s  {(line.Stream is { } stream ? Words.Of(stream) : ""),-7}  {line.Text}"))
            .ToList();
        if (all.Count <= MaxLines)
        {
            return all;
        }

        int left = all.Count - MaxLines;
        return [.. all.Take(MaxLines - Tail), $"           ... {left} more lines", .. all.TakeLast(Tail)];
    }

    private static (TimeSpan At, StreamName? Stream, string Text) Did(ReportedEvent one) => (one.At, one.Stream, PlainText.OneLine(one.Text)
        + (one.Sent is { } sent ? $" {Words.Count(sent.Length, "byte")} {EscapedBytes.Quote(sent)}" : ""));

    private static IEnumerable<(TimeSpan At, StreamName? Stream, string Text)> Received(ReportedExchange exchange, StreamName name)
    {
        ReportedStream stream = exchange.Stream(name);
        if (!stream.Connected)
        {
            yield break;
        }

        yield return (stream.ConnectedAt, name, "connected");

        // Megabytes come in thousands of pieces: the first ones tell enough.
        bool many = stream.PieceCount >= ReportedStream.MostPieces;
        foreach (ReportedPiece piece in many ? stream.Pieces.SkipLast(1) : stream.Pieces)
        {
            yield return (piece.At, name, $"received {Words.Count(piece.Length, "byte")}");
        }

        if (many)
        {
            yield return (stream.Pieces[^1].At, name, $"received the last of {stream.PieceCount} pieces, {stream.Bytes.Length} bytes in all");
        }

        yield return (stream.EndAt, name, Words.Of(stream.End));
    }
}
