using System.Text.Json;
using RexecConformance.Baselines;
using RexecConformance.Judging;
using RexecConformance.Reports;

namespace RexecConformance.Comparing;

/// <summary>Results of a run, read again from the JSON report.</summary>
public static class ResultFile
{
    /// <summary>What the file says of each target, by the variant's name.</summary>
    /// <exception cref="InvalidDataException">It is no report of a whole run; the message has file and line.</exception>
    public static IReadOnlyList<(string Target, Dictionary<string, ComparedCell> Cells)> Read(string path)
    {
        var targets = new List<(string Target, Dictionary<string, ComparedCell> Cells)>();
        int number = 0;
        bool complete = false;
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                number++;
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement record = document.RootElement;
                string kind = record.GetProperty("record").GetString()!;
                if (complete)
                {
                    throw new InvalidDataException($"{path}:{number}: a second report begins here, expected one in a file");
                }

                if (kind == "complete")
                {
                    complete = true;
                    int counted = record.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt32());
                    int held = targets.Sum(t => t.Cells.Count);
                    if (counted != held)
                    {
                        throw new InvalidDataException($"{path}: holds {held} results, but counts {counted}: lines are missing");
                    }
                }

                if (number == 1 && (kind != "start" || record.GetProperty("format").GetInt32() != JsonReport.Format))
                {
                    throw new InvalidDataException($"{path}:1: expected a 'start' record of format {JsonReport.Format}");
                }

                if (kind == "result")
                {
                    string target = record.GetProperty("target").GetString()!;
                    string key = $"{target} as {record.GetProperty("dialect").GetString()}";
                    int at = targets.FindIndex(t => t.Target == key);
                    if (at < 0)
                    {
                        at = targets.Count;
                        targets.Add((key, []));
                    }

                    targets[at].Cells[$"{record.GetProperty("id").GetString()}#{record.GetProperty("variant").GetString()}"] = Cell(record);
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}:{number}: is no record of a JSON report of 'run'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {e.Message}");
        }

        return complete ? targets : throw new InvalidDataException($"{path}: has no 'complete' record: the run did not come to its end");
    }

    private static ComparedCell Cell(JsonElement record)
    {
        string verdict = record.GetProperty("verdict").GetString()!;
        JsonElement expected = record.TryGetProperty("expected", out JsonElement e) ? e : default;
        return new ComparedCell(
            record.GetProperty("dialect").GetString()!,
            Enum.Parse<Verdict>(verdict, ignoreCase: true),
            record.GetProperty("reason").GetString()!,
            record.TryGetProperty("received", out JsonElement received)
                ? [new ComparedExchange(
                    Stream(received.GetProperty("primary"), expected.GetProperty("primary")),
                    Stream(received.GetProperty("aux"), expected.GetProperty("aux")),
                    record.TryGetProperty("connectError", out JsonElement error) ? error.GetString() : null)]
                : []);
    }

    private static ComparedStream Stream(JsonElement received, JsonElement expected)
    {
        bool unjudged = !expected.GetProperty("check").GetBoolean();
        if (unjudged || !received.GetProperty("connected").GetBoolean())
        {
            return new ComparedStream(false, [], RecordedEnd.Open) { Unjudged = unjudged };
        }

        RecordedEnd end = Enum.Parse<RecordedEnd>(received.GetProperty("end").GetString()!, ignoreCase: true);
        bool race = expected.GetProperty("end").GetString() is "closed" or "unread" && end is RecordedEnd.Fin or RecordedEnd.Rst;
        return new ComparedStream(true, Convert.FromHexString(received.GetProperty("hex").GetString()!), race ? RecordedEnd.Closed : end)
        {
            Digest = received.TryGetProperty("sha256", out JsonElement digest) ? digest.GetString() : null,
        };
    }
}
