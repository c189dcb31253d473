using System.Text.Json;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results;

/// <summary>Reads a <c>result</c> record; what <see cref="ResultCaseJson"/> wrote comes back as it was.</summary>
internal static class ResultCaseReader
{
    /// <summary>The case.</summary>
    /// <param name="record">The record.</param>
    /// <param name="folder">The file's own folder: captures are named from there.</param>
    public static ReportedCase Read(JsonElement record, string folder)
    {
        JsonElement expected = record.TryGetProperty("expected", out JsonElement e) ? e : default;
        return new ReportedCase
        {
            Target = record.GetProperty("target").GetString()!,
            Dialect = record.GetProperty("dialect").GetString()!,
            Place = record.GetProperty("place").GetInt32(),
            Id = record.GetProperty("id").GetString()!,
            Segmentation = record.GetProperty("variant").GetString()!,
            Title = record.GetProperty("title").GetString()!,
            Level = Named<Level>(record.GetProperty("level")),
            Topic = record.GetProperty("topic").GetString()!,
            File = record.Text("file"),
            Tags = record.Texts("tags"),
            Verdict = Named<Verdict>(record.GetProperty("verdict")),
            Reason = record.GetProperty("reason").GetString()!,
            Timed = record.GetProperty("timed").GetBoolean(),
            Requires = record.Texts("requires"),
            Basis = [.. record.List("basis").Select(line => new BasisLine(
                line.GetProperty("attribute").GetString()!,
                new Basis(Named<BasisKind>(line.GetProperty("kind")), line.GetProperty("source").GetString()!, line.Text("place"), line.Text("note"))))],
            Findings = [.. record.List("findings").Select(finding => new Finding(
                Named<FindingKind>(finding.GetProperty("kind")),
                Name(finding),
                finding.GetProperty("text").GetString()!,
                finding.Number("offset", -1)))],
            ExpectedPrimary = expected.ValueKind == JsonValueKind.Object ? Expectation(expected.GetProperty("primary")) : null,
            ExpectedAux = expected.ValueKind == JsonValueKind.Object ? Expectation(expected.GetProperty("aux")) : null,
            Exchange = record.TryGetProperty("received", out JsonElement received) ? Exchange(record, received) : null,
            Capture = record.Text("capture") is { } capture ? Path.GetFullPath(capture, folder) : null,
            Reproduce = record.GetProperty("reproduce").GetString()!,
        };
    }

    private static ReportedExchange Exchange(JsonElement record, JsonElement received) => new()
    {
        Did = [.. record.List("did").Select(one => new ReportedEvent(
            one.Time("ms") ?? default, Name(one), one.TryGetProperty("hex", out _) ? Bytes(one) : null, one.GetProperty("text").GetString()!))],
        Primary = Stream(received.GetProperty("primary")),
        Aux = Stream(received.GetProperty("aux")),
        StepsDoneAt = record.Time("stepsDoneMs") ?? default,
        ConnectError = record.Text("connectError"),
        Fragments = record.GetProperty("fragments").GetInt32(),
        Segments = record.GetProperty("segments").GetInt32(),
        SegmentProof = Named<SegmentProof>(record.GetProperty("segmentProof")),
        Duration = record.Time("ms") ?? default,
    };

    private static ReportedStream Stream(JsonElement json)
    {
        if (!json.GetProperty("connected").GetBoolean())
        {
            return new ReportedStream { Connected = false };
        }

        List<ReportedPiece> pieces = [.. json.List("pieces").Select(piece => new ReportedPiece(Milliseconds(piece[0]), piece[1].GetInt32()))];
        return new ReportedStream
        {
            Connected = true,
            ConnectedAt = json.Time("connectedMs") ?? default,
            Bytes = Bytes(json),
            Pieces = pieces,
            PieceCount = json.Number("pieceCount", pieces.Count),
            End = Named<StreamEnd>(json.GetProperty("end")),
            EndAt = json.Time("endMs") ?? default,
            Overflow = json.TryGetProperty("overflow", out _),
        };
    }

    private static ReportedExpectation Expectation(JsonElement json) => new()
    {
        Check = json.GetProperty("check").GetBoolean(),
        Connected = json.GetProperty("connected").GetBoolean(),
        Parts = json.TryGetProperty("hex", out JsonElement hex)
            ? hex.GetString()!.Length == 0 ? [] : [new ReportedPart(Bytes(json), null)]
            : [.. json.List("parts").Select(part => new ReportedPart(part.TryGetProperty("hex", out _) ? Bytes(part) : null, part.Text("pattern")))],
        End = Named<EndRule>(json.GetProperty("end")),
        Endless = json.TryGetProperty("endless", out _),
        OpenFor = json.Time("openForMs"),
        NotBefore = json.Time("notBeforeMs"),
        Within = json.Time("withinMs"),
    };

    private static ReportedBytes Bytes(JsonElement json)
    {
        byte[] kept = Convert.FromHexString(json.GetProperty("hex").GetString()!);
        List<HiddenPlace> hidden = [.. json.List("hidden").Select(place => new HiddenPlace(place[0].GetInt32(), place[1].GetInt32()))];
        int length = json.Number("truncated", kept.Length);
        return length < kept.Length || hidden.Any(place => place.Offset < 0 || place.Length < 0 || place.Length > kept.Length - place.Offset)
            ? throw new FormatException("bytes that are not there")
            : new ReportedBytes { Kept = kept, Length = length, Sha256 = json.Text("sha256"), Hidden = hidden };
    }

    private static StreamName? Name(JsonElement json) => json.TryGetProperty("stream", out JsonElement stream) ? Named<StreamName>(stream) : null;

    private static TimeSpan? Time(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement time) ? Milliseconds(time) : null;

    private static TimeSpan Milliseconds(JsonElement json) => new(decimal.ToInt64(json.GetDecimal() * TimeSpan.TicksPerMillisecond));

    // Enum.Parse takes numbers and lists of names too, which no report holds.
    private static T Named<T>(JsonElement json)
        where T : struct, Enum =>
        json.GetString() is { } text && text.All(char.IsAsciiLetterLower) && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value
            : throw new FormatException($"'{json}' is none of {string.Join(", ", Enum.GetNames<T>())}");
}
