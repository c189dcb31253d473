using System.Text.Json;
using RexecConformance.Judging;

namespace RexecConformance.Reports.Results;

/// <summary>A case as a <c>result</c> record of the JSON format.</summary>
internal static class ResultCaseJson
{
    public static void Write(Utf8JsonWriter json, ReportedCase one, RenderContext context)
    {
        json.WriteString("target", one.Target);
        json.WriteString("dialect", one.Dialect);
        json.WriteNumber("place", one.Place);
        json.WriteString("id", one.Id);
        json.WriteString("variant", one.Segmentation);
        json.WriteString("title", one.Title);
        json.WriteString("level", JsonStreams.Lower(one.Level));
        json.WriteString("topic", one.Topic);
        json.WriteText("file", one.File);
        json.WriteTexts("tags", one.Tags);
        json.WriteString("verdict", Words.Of(one.Verdict));
        json.WriteString("reason", one.Reason);
        json.WriteBoolean("timed", one.Timed);
        json.WriteTexts("requires", one.Requires);
        WriteBasis(json, one);
        WriteFindings(json, one);
        if (one is { ExpectedPrimary: { } primary, ExpectedAux: { } aux })
        {
            json.WriteStartObject("expected");
            JsonStreams.Write(json, "primary", primary);
            JsonStreams.Write(json, "aux", aux);
            json.WriteEndObject();
        }

        if (one.Exchange is { } exchange)
        {
            Write(json, exchange);
        }

        json.WriteText("capture", one.Capture is { } capture ? context.Relative(capture) : null);
        json.WriteString("reproduce", one.Reproduce);
    }

    private static void WriteBasis(Utf8JsonWriter json, ReportedCase one)
    {
        json.WriteStartArray("basis");
        foreach (BasisLine line in one.Basis)
        {
            json.WriteStartObject();
            json.WriteString("attribute", line.Attribute);
            json.WriteString("kind", JsonStreams.Lower(line.Basis.Kind));
            json.WriteString("source", line.Basis.Source);
            json.WriteText("place", line.Basis.Place);
            json.WriteText("note", line.Basis.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, ReportedCase one)
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in one.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonStreams.Lower(finding.Kind));
            json.WriteText("stream", finding.Stream is { } stream ? Words.Of(stream) : null);
            json.WriteString("text", finding.Text);
            if (finding.Offset >= 0)
            {
                json.WriteNumber("offset", finding.Offset);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReportedExchange exchange)
    {
        json.WriteStartArray("did");
        foreach (ReportedEvent one in exchange.Did)
        {
            json.WriteStartObject();
            JsonStreams.WriteTime(json, "ms", one.At);
            json.WriteText("stream", one.Stream is { } stream ? Words.Of(stream) : null);
            json.WriteString("text", one.Text);
            if (one.Sent is { } sent)
            {
                JsonStreams.WriteBytes(json, sent);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("received");
        JsonStreams.Write(json, "primary", exchange.Primary);
        JsonStreams.Write(json, "aux", exchange.Aux);
        json.WriteEndObject();
        json.WriteText("connectError", exchange.ConnectError);
        json.WriteNumber("fragments", exchange.Fragments);
        json.WriteNumber("segments", exchange.Segments);
        json.WriteString("segmentProof", JsonStreams.Lower(exchange.SegmentProof));
        JsonStreams.WriteTime(json, "stepsDoneMs", exchange.StepsDoneAt);
        JsonStreams.WriteTime(json, "ms", exchange.Duration);
    }
}
