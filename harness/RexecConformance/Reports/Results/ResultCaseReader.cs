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
            Target = record.Needed("target"),
            Dialect = record.Needed("dialect"),
            Place = record.GetProperty("place").GetInt32(),
            Id = record.Needed("id"),
            Segmentation = record.Needed("variant"),
            Title = record.Needed("title"),
            Level = Named<Level>(record.GetProperty("level")),
            Topic = record.Needed("topic"),
            File = record.Text("file"),
            Tags = record.Texts("tags"),
            Verdict = Named<Verdict>(record.GetProperty("verdict")),
            Reason = record.Needed("reason"),
            Timed = record.GetProperty("timed").GetBoolean(),
            Requires = record.Texts("requires"),
            Basis = [.. record.List("basis").Select(line => new BasisLine(
                line.Needed("attribute"),
                new Basis(Named<BasisKind>(line.GetProperty("kind")), line.Needed("source"), line.Text("place"), line.Text("note"))))],
            Findings = [.. record.List("findings").Select(finding => new Finding(
                Named<FindingKind>(finding.GetProperty("kind")),
                Name(finding),
                finding.Needed("text"),
                finding.Number("offset", -1)))],
            ExpectedPrimary = expected.ValueKind == JsonValueKind.Object ? Expectation(expected.GetProperty("primary")) : null,
            ExpectedAux = expected.ValueKind == JsonValueKind.Object ? Expectation(expected.GetProperty("aux")) : null,
            Exchange = record.TryGetProperty("received", out JsonElement received) ? Exchange(record, received) : null,
            Capture = record.Text("capture") is { } capture ? Path.GetFullPath(capture, folder) : null,
            Reproduce = record.Needed("reproduce"),
        };
    }

    private static ReportedExchange Exchange(JsonElement record, JsonElement received) => new()
    {
        Did = [.. record.List("did").Select(one => new ReportedEvent(
            one.Time("ms") ?? default, Name(one), one.TryGetProperty("hex", out _) ? Bytes(one) : null, one.Needed("text")))],
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

        List<ReportedPiece> pieces = [.. json.List("pieces").Select(piece => new ReportedPiece(piece[0].Milliseconds(), Length(piece[1])))];
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
        Parts = json.TryGetProperty("hex", out _)
            ? json.Needed("hex").Length == 0 ? [] : [new ReportedPart(Bytes(json), null)]
            : [.. json.List("parts").Select(part => new ReportedPart(part.TryGetProperty("hex", out _) ? Bytes(part) : null, part.Text("pattern")))],
        End = Named<EndRule>(json.GetProperty("end")),
        Endless = json.TryGetProperty("endless", out _),
        OpenFor = json.Time("openForMs"),
        NotBefore = json.Time("notBeforeMs"),
        Within = json.Time("withinMs"),
    };

    private static ReportedBytes Bytes(JsonElement json)
    {
        byte[] kept = Convert.FromHexString(json.Needed("hex"));
        List<HiddenPlace> hidden = [.. json.List("hidden").Select(place => new HiddenPlace(place[0].GetInt32(), place[1].GetInt32()))];
        int length = json.Number("truncated", kept.Length);
        return length < kept.Length || hidden.Any(place => place.Offset < 0 || place.Length < 0 || place.Length > kept.Length - place.Offset)
            ? throw new FormatException("bytes that are not there")
            : new ReportedBytes { Kept = kept, Length = length, Sha256 = json.Text("sha256"), Hidden = hidden };
    }

    private static StreamName? Name(JsonElement json) => json.TryGetProperty("stream", out JsonElement stream) ? Named<StreamName>(stream) : null;

    private static TimeSpan? Time(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement time) ? time.Milliseconds() : null;

    private static int Length(JsonElement json) => json.GetInt32() >= 0 ? json.GetInt32() : throw new FormatException($"{json} is no length");

    // Enum.Parse takes numbers and lists of names too, which no report holds.
    private static T Named<T>(JsonElement json)
        where T : struct, Enum =>
        json.GetString() is { } text && text.All(char.IsAsciiLetterLower) && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value
            : throw new FormatException($"'{json}' is none of {string.Join(", ", Enum.GetNames<T>())}");
}
