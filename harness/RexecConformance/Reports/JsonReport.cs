using System.Reflection;
using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>
/// The results for machines: one JSON record a line. <c>start</c>, one <c>result</c> for each variant and target, one
/// <c>target</c> behind the results of each target, <c>complete</c>. It holds what a server sent as it is, and nothing
/// of what was sent to it, so no password.
/// </summary>
public sealed class JsonReport : IDisposable
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    private readonly ReportFile _file;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<Verdict, int> _counts = Words.Verdicts.ToDictionary(verdict => verdict, _ => 0);
    private readonly List<TargetResult> _failed = [];

    private JsonReport(ReportFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <summary>The version of the suite as it stands in reports.</summary>
    public static string Suite { get; } =
        typeof(JsonReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Opens the report; see <see cref="ReportFile.Open"/>.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static JsonReport Open(string path, Stream? standardOutput = null, TimeProvider? time = null) =>
        new(ReportFile.Open(path, standardOutput), time ?? TimeProvider.System);

    /// <summary>Writes the first record.</summary>
    /// <param name="targets">Each target and the dialect that it is judged by.</param>
    /// <param name="variants">How many variants each target is to be driven with.</param>
    public void Start(IEnumerable<(string Target, string Dialect)> targets, int variants) => Record("start", json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("suite", Suite);
        json.WriteString("time", _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
        json.WriteStartArray("targets");
        foreach ((string target, string dialect) in targets)
        {
            json.WriteStartObject();
            json.WriteString("target", target);
            json.WriteString("dialect", dialect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("variants", variants);
    });

    /// <summary>Writes all results of a target; call it when the target's run is over, also after an interruption.</summary>
    public void Add(TargetResult target)
    {
        lock (_lock)
        {
            foreach (VariantResult result in target.Results)
            {
                _counts[result.Verdict]++;
                Record("result", json => Write(json, result));
            }

            if (target.Failure is not null)
            {
                _failed.Add(target);
            }

            Record("target", json =>
            {
                json.WriteString("target", target.Target);
                json.WriteString("dialect", target.Dialect);
                WriteCounts(json, target.Count);
                json.WriteNumber("timeless", target.Timeless);
                JsonStreams.WriteTime(json, "timelessMs", TimeSpan.FromMilliseconds(target.TimelessMilliseconds));
                WriteText(json, "failure", target.Failure);
            });
        }
    }

    /// <summary>Writes the last record and puts the file in its place. To be called after an interruption too.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public void Complete(int exitCode)
    {
        lock (_lock)
        {
            Record("complete", json =>
            {
                WriteCounts(json, verdict => _counts[verdict]);
                json.WriteNumber("exitCode", exitCode);
                json.WriteStartArray("failures");
                foreach (TargetResult target in _failed)
                {
                    json.WriteStartObject();
                    json.WriteString("target", target.Target);
                    json.WriteString("dialect", target.Dialect);
                    json.WriteString("failure", target.Failure);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            _file.Complete();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Write(Utf8JsonWriter json, VariantResult result)
    {
        json.WriteString("target", result.Target);
        json.WriteString("dialect", result.Dialect);
        json.WriteString("id", result.Variant.Scenario.Id);
        json.WriteString("variant", result.Variant.Fragmentation.Name);
        json.WriteString("title", result.Variant.Scenario.Title);
        json.WriteString("level", JsonStreams.Lower(result.Variant.Scenario.Level));
        json.WriteString("verdict", Words.Of(result.Verdict));
        json.WriteString("reason", result.Reason);
        json.WriteBoolean("timed", result.Timed);
        json.WriteStartArray("basis");
        foreach (BasisLine line in result.Expected?.Basis ?? [])
        {
            json.WriteStartObject();
            json.WriteString("attribute", line.Attribute);
            json.WriteString("kind", JsonStreams.Lower(line.Basis.Kind));
            json.WriteString("source", line.Basis.Source);
            WriteText(json, "place", line.Basis.Place);
            WriteText(json, "note", line.Basis.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (Finding finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonStreams.Lower(finding.Kind));
            WriteText(json, "stream", finding.Stream is { } stream ? Words.Of(stream) : null);
            json.WriteString("text", finding.Text);
            if (finding.Offset >= 0)
            {
                json.WriteNumber("offset", finding.Offset);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (result.Expected is { } expected)
        {
            json.WriteStartObject("expected");
            JsonStreams.Write(json, "primary", expected.Primary);
            JsonStreams.Write(json, "aux", expected.Aux);
            json.WriteEndObject();
        }

        if (result.Transcript is { } transcript)
        {
            Write(json, transcript);
        }

        json.WriteString("reproduce", result.Reproduce);
    }

    private static void Write(Utf8JsonWriter json, Transcript transcript)
    {
        json.WriteStartObject("received");
        JsonStreams.Write(json, "primary", transcript.Primary);
        JsonStreams.Write(json, "aux", transcript.Aux);
        json.WriteEndObject();
        WriteText(json, "connectError", transcript.ConnectError);
        json.WriteNumber("fragments", transcript.Fragments);
        json.WriteNumber("segments", transcript.Segments);
        json.WriteString("segmentProof", JsonStreams.Lower(transcript.SegmentProof));
        JsonStreams.WriteTime(json, "stepsDoneMs", transcript.StepsDoneAt);
        JsonStreams.WriteTime(json, "ms", transcript.Duration);
    }

    private static void WriteCounts(Utf8JsonWriter json, Func<Verdict, int> count)
    {
        json.WriteStartObject("counts");
        foreach (Verdict verdict in Words.Verdicts)
        {
            json.WriteNumber(Words.Of(verdict), count(verdict));
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private void Record(string kind, Action<Utf8JsonWriter> write)
    {
        byte[] line = JsonRecord.Line(kind, write);
        lock (_lock)
        {
            _file.Write(line);
        }
    }
}
