using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports.Results.Changes;

/// <summary>Changes for machines: one JSON record a line, <c>start</c>, <c>change</c> for each, <c>complete</c>.</summary>
public static class ChangesJson
{
    /// <summary>What the first record says of itself.</summary>
    public const string Verb = "changes";

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="changes">What changed.</param>
    /// <param name="exitCode">How the command ends.</param>
    public static void Write(Stream output, RunChanges changes, int exitCode)
    {
        output.Write(JsonRecord.Line("start", json =>
        {
            json.WriteNumber("format", ResultWriter.Format);
            json.WriteString("verb", Verb);
            Run(json, "old", changes.Old);
            Run(json, "new", changes.New);
        }));
        foreach (VariantChange change in changes.Changes)
        {
            output.Write(JsonRecord.Line("change", json => Write(json, change)));
        }

        output.Write(JsonRecord.Line("complete", json =>
        {
            json.WriteNumber("inBoth", changes.InBoth);
            json.WriteStartObject("counts");
            foreach (ChangeKind kind in Enum.GetValues<ChangeKind>())
            {
                json.WriteNumber(Word(kind), changes.Changes.Count(change => change.Kind == kind));
            }

            json.WriteEndObject();
            json.WriteStartArray("failures");
            foreach (TargetPair pair in changes.Pairs.Where(pair => pair.NewFailure is not null))
            {
                json.WriteStartObject();
                json.WriteString("target", pair.New!.Target);
                json.WriteString("dialect", pair.New.Dialect);
                json.WriteString("failure", pair.NewFailure);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("exitCode", exitCode);
        }));
    }

    private static void Run(Utf8JsonWriter json, string name, ReportedRun run)
    {
        json.WriteStartObject(name);
        ResultWriter.WriteOrigin(json, run);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VariantChange change)
    {
        ReportedCase one = (change.New ?? change.Old)!;
        json.WriteString("kind", Word(change.Kind));
        json.WriteBoolean("worse", change.IsWorse);
        json.WriteString("id", one.Id);
        json.WriteString("variant", one.Segmentation);
        json.WriteString("title", one.Title);
        json.WriteStartArray("what");
        foreach (string what in change.What)
        {
            json.WriteStringValue(what);
        }

        json.WriteEndArray();
        Side(json, "old", change.Old);
        Side(json, "new", change.New);
    }

    private static void Side(Utf8JsonWriter json, string name, ReportedCase? one)
    {
        if (one is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("target", one.Target);
        json.WriteString("dialect", one.Dialect);
        json.WriteString("verdict", Words.Of(one.Verdict));
        json.WriteString("reason", one.Reason);
        if (one.Exchange is { } exchange)
        {
            json.WriteStartObject("received");
            JsonStreams.Write(json, Words.Of(StreamName.Primary), exchange.Primary);
            JsonStreams.Write(json, Words.Of(StreamName.Aux), exchange.Aux);
            json.WriteEndObject();
            if (exchange.ConnectError is { } error)
            {
                json.WriteString("connectError", error);
            }
        }

        json.WriteString("reproduce", one.Reproduce);
        json.WriteEndObject();
    }

    /// <summary>now-red, gone, verdict, answer, new, no-longer-red.</summary>
    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.NowRed => "now-red",
        ChangeKind.NoLongerRed => "no-longer-red",
        _ => JsonStreams.Lower(kind),
    };
}
