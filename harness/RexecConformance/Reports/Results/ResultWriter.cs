using System.Globalization;
using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Requirements;
using RexecConformance.Running;

namespace RexecConformance.Reports.Results;

/// <summary>
/// The results for machines (docs/reports.md): one JSON record a line. <c>start</c>, a <c>requirement</c> for each that is
/// named, one <c>result</c> for each variant and target, one <c>target</c> behind the results of each target, <c>complete</c>.
/// </summary>
public sealed class ResultWriter : IRunRenderer
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    /// <inheritdoc/>
    public void Write(Stream output, ReportedRun run, RenderContext context)
    {
        Record(output, "start", json => Start(json, run));
        foreach (Requirement requirement in run.Requirements.Values)
        {
            Record(output, "requirement", json => Write(json, requirement));
        }

        foreach (ReportedTarget target in run.Targets)
        {
            foreach (ReportedCase one in target.Cases)
            {
                Record(output, "result", json => ResultCaseJson.Write(json, one, context));
            }

            Record(output, "target", json => Write(json, target));
        }

        Record(output, "complete", json => Complete(json, run));
    }

    private static void Start(Utf8JsonWriter json, ReportedRun run)
    {
        json.WriteNumber("format", Format);
        json.WriteString("suite", run.Suite);
        json.WriteString("time", run.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteStartArray("targets");
        foreach (ReportedTarget target in run.Targets)
        {
            json.WriteStartObject();
            json.WriteString("target", target.Target);
            json.WriteString("dialect", target.Dialect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("variants", run.Variants);
        json.WriteText("selection", run.Selection.Length == 0 ? null : run.Selection);
        json.WriteText("shard", run.Shard);
        if (run.ShowsPasswords)
        {
            json.WriteBoolean("showsPasswords", true);
        }
    }

    private static void Write(Utf8JsonWriter json, Requirement requirement)
    {
        json.WriteString("id", requirement.Id);
        json.WriteString("level", requirement.Level);
        json.WriteString("says", requirement.Says);
        json.WriteTexts("systems", requirement.Systems);
        json.WriteStartArray("sources");
        foreach (RequirementSource source in requirement.Sources)
        {
            json.WriteStartObject();
            json.WriteString("document", source.Document);
            if (source.Section is { } section)
            {
                json.WriteString("section", section);
            }
            else
            {
                json.WriteNumber("firstLine", source.FirstLine);
                json.WriteNumber("lastLine", source.LastLine);
            }

            json.WriteString("quote", source.Quote);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReportedTarget target)
    {
        json.WriteString("target", target.Target);
        json.WriteString("dialect", target.Dialect);
        WriteCounts(json, target.Count);
        json.WriteNumber("timeless", target.Timeless);
        JsonStreams.WriteTime(json, "timelessMs", TimeSpan.FromMilliseconds(target.TimelessMilliseconds));
        json.WriteText("failure", target.Failure);
        Write(json, "guesses", target.Guesses);
        Write(json, "fits", target.Fits);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<DialectGuess> guesses)
    {
        if (guesses.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (DialectGuess guess in guesses)
        {
            json.WriteStartObject();
            json.WriteString("dialect", guess.Dialect);
            json.WriteNumber("differences", guess.Differences);
            json.WriteNumber("judged", guess.Judged);
            json.WriteNumber("explained", guess.Explained);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Complete(Utf8JsonWriter json, ReportedRun run)
    {
        WriteCounts(json, verdict => run.Targets.Sum(target => target.Count(verdict)));
        json.WriteNumber("exitCode", run.ExitCode);
        json.WriteStartArray("failures");
        foreach (ReportedTarget target in run.Targets.Where(target => target.Failure is not null))
        {
            json.WriteStartObject();
            json.WriteString("target", target.Target);
            json.WriteString("dialect", target.Dialect);
            json.WriteString("failure", target.Failure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
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

    private static void Record(Stream output, string kind, Action<Utf8JsonWriter> write) => output.Write(JsonRecord.Line(kind, write));
}
