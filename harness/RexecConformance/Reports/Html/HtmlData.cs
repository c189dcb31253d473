using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Requirements;
using RexecConformance.Running;

namespace RexecConformance.Reports.Html;

/// <summary>
/// The results as the page's script reads them: JSON, compressed, in base64. What many results share is written once and named by its
/// number: all text in <c>strings</c>, and what was expected, the evidence and the course of an exchange in lists of their own.
/// </summary>
internal sealed class HtmlData
{
    private readonly ReportedRun _run;
    private readonly RenderContext _context;
    private readonly Pool _strings = new();
    private readonly Pool _rows = new();
    private readonly Pool _requirements = new();
    private readonly Pool _basis = new();
    private readonly Pool _expectations = new();
    private readonly Pool _bytes = new();
    private readonly Pool _courses = new();
    private readonly List<ReportedCase> _firstOfRow = [];

    private HtmlData(ReportedRun run, RenderContext context)
    {
        _run = run;
        _context = context;
    }

    /// <summary>The data of a run, in base64.</summary>
    public static string Of(ReportedRun run, RenderContext context)
    {
        var data = new HtmlData(run, context);
        using var memory = new MemoryStream();
        using (var packed = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            data.Write(packed);
        }

        return Convert.ToBase64String(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    /// <summary>The same, as JSON; for tests.</summary>
    internal static byte[] Json(ReportedRun run, RenderContext context)
    {
        using var memory = new MemoryStream();
        new HtmlData(run, context).Write(memory);
        return memory.ToArray();
    }

    private void Write(Stream output)
    {
        // Nothing of it is markup where it stands, so nothing has to be escaped but what JSON demands.
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("cases");
        for (int target = 0; target < _run.Targets.Count; target++)
        {
            foreach (ReportedCase one in _run.Targets[target].Cases)
            {
                Write(json, one, target);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("targets");
        foreach (ReportedTarget target in _run.Targets)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Text(target.Target));
            json.WriteNumberValue(Text(target.Dialect));
            json.WriteNumberValue(Text(target.Failure));
            json.WriteNumberValue(Text(target.Guesses.Count > 0 ? DialectGuess.Line(target.Guesses) : null));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (ReportedCase one in _firstOfRow)
        {
            WriteRow(json, one);
        }

        json.WriteEndArray();
        WriteRequirements(json);
        WriteRaw(json, "basis", _basis);
        WriteRaw(json, "expectations", _expectations);
        WriteRaw(json, "bytes", _bytes);
        WriteRaw(json, "courses", _courses);
        json.WriteStartArray("verdicts");
        foreach (Verdict verdict in Words.Verdicts)
        {
            json.WriteStringValue(Words.Of(verdict));
        }

        json.WriteEndArray();
        json.WriteStartArray("strings");
        foreach (string text in _strings.Values)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, ReportedCase one, int target)
    {
        int row = _rows.Of(one.Name);
        if (row == _firstOfRow.Count)
        {
            _firstOfRow.Add(one);
        }

        json.WriteStartObject();
        json.WriteNumber("r", row);
        json.WriteNumber("t", target);
        json.WriteNumber("v", (int)one.Verdict);
        json.WriteNumber("y", Text(one.Reason));
        Numbers(json, "q", one.Requires.Select(_requirements.Of));
        json.WriteNumber("b", _basis.Of($"[{string.Join(',', one.Basis.Select(line => $"[{Text(line.Attribute)},{Text(JsonStreams.Lower(line.Basis.Kind))},{Text(line.Basis.Source)},{Text(line.Basis.Place)},{Text(line.Basis.Note)}]"))}]"));
        json.WriteStartArray("f");
        foreach (Finding finding in one.Findings)
        {
            Numbers(json, Text(JsonStreams.Lower(finding.Kind)), finding.Stream is { } stream ? (int)stream : -1, Text(finding.Text), finding.Offset);
        }

        json.WriteEndArray();
        var streams = new StreamData(_strings, _bytes, _expectations);
        if (one.ExpectedPrimary is { } primary && one.ExpectedAux is { } aux)
        {
            Numbers(json, "e", [streams.Of(primary, one.Exchange?.Primary), streams.Of(aux, one.Exchange?.Aux)]);
        }

        if (one.Exchange is { } exchange)
        {
            var course = new CourseData(_strings, _bytes);
            json.WriteNumber("x", _courses.Of(course.Of(exchange)));
            Numbers(json, "m", course.Times);
            json.WriteNumber("k", StreamData.Microseconds(exchange.StepsDoneAt));
            Numbers(json, "s", [exchange.Fragments, exchange.Segments, (int)exchange.SegmentProof, StreamData.Microseconds(exchange.Duration), Text(exchange.ConnectError)]);
            json.WriteStartArray("o");
            streams.Write(json, exchange.Primary, one.ExpectedPrimary);
            streams.Write(json, exchange.Aux, one.ExpectedAux);
            json.WriteEndArray();
        }

        // Nearly all commands end in the name of their variant: the rest is the same for a whole target.
        string command = PlainText.OneLine(one.Reproduce);
        string name = $"'{PlainText.OneLine(one.Name)}'";
        bool ends = command.EndsWith(name, StringComparison.Ordinal);
        json.WriteNumber("p", _strings.Of(ends ? command[..^name.Length] : command));
        if (!ends)
        {
            json.WriteNumber("w", 1);
        }

        if (one.Capture is { } capture)
        {
            json.WriteNumber("c", _strings.Of(HtmlLink.Of(_context, capture)));
        }

        json.WriteEndObject();
    }

    private void WriteRow(Utf8JsonWriter json, ReportedCase one)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Text(one.Name));
        json.WriteNumberValue(Text(one.Title));
        json.WriteNumberValue(Text(JsonStreams.Lower(one.Level)));
        json.WriteNumberValue(Text(one.Topic));
        Numbers(json, [.. one.Tags.Select(Text)]);
        json.WriteEndArray();
    }

    private void WriteRequirements(Utf8JsonWriter json)
    {
        json.WriteStartArray("requirements");
        foreach (string id in _requirements.Values)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Text(id));
            if (_run.Requirements.TryGetValue(id, out Requirement? found))
            {
                json.WriteNumberValue(Text(found.Level));
                json.WriteNumberValue(Text(found.Says));
                Numbers(json, [.. found.Systems.Select(Text)]);
                json.WriteStartArray();
                foreach (RequirementSource source in found.Sources)
                {
                    Numbers(json, Text(source.Document), Text(source.Place), Text(source.Quote));
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>The number of a text, made safe to be shown; -1 for none.</summary>
    private int Text(string? text) => text is null ? -1 : _strings.Of(PlainText.OneLine(text));

    private static void WriteRaw(Utf8JsonWriter json, string name, Pool pool)
    {
        json.WriteStartArray(name);
        foreach (string value in pool.Values)
        {
            json.WriteRawValue(value, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WritePropertyName(name);
        Numbers(json, [.. numbers]);
    }

    private static void Numbers(Utf8JsonWriter json, params ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray();
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
