using System.Text.Json;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;

namespace RexecConformance.Fuzzing.Running;

/// <summary>
/// A run for machines: one JSON record a line. <c>start</c> (with <c>"verb":"fuzz"</c>), one <c>find</c> each, one
/// <c>replies</c> for each dialect, <c>complete</c> with the counts. Finds hold passwords as they were sent.
/// </summary>
public static class FuzzResultFile
{
    /// <summary>The verb in the first record.</summary>
    public const string Verb = "fuzz";

    /// <summary>Writes all records and puts the file in its place.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static void Write(ReportFile file, FuzzResult result, DateTimeOffset started, int exitCode)
    {
        Record(file, "start", json =>
        {
            json.WriteNumber("format", ResultWriter.Format);
            json.WriteString("verb", Verb);
            json.WriteString("suite", SuiteVersion.Text);
            json.WriteString("time", started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartArray("targets");
            foreach ((string target, string dialect) in result.Targets)
            {
                json.WriteStartObject();
                json.WriteString("target", target);
                json.WriteString("dialect", dialect);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("seed", result.Seed);
            json.WriteString("corpus", result.Corpus);
        });
        foreach (FuzzFind find in result.Finds)
        {
            Record(file, "find", json => FindFile.WriteFields(json, find));
        }

        foreach (IGrouping<string, ReplyCoverage> dialect in result.Replies.GroupBy(reply => reply.Dialect))
        {
            Record(file, "replies", json =>
            {
                json.WriteString("dialect", dialect.Key);
                json.WriteStartObject("reached");
                foreach (ReplyCoverage reply in dialect)
                {
                    json.WriteNumber(reply.Reply, reply.Count);
                }

                json.WriteEndObject();
            });
        }

        Record(file, "complete", json => WriteCounts(json, result, exitCode));
        file.Complete();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is no result of a whole run; the message is one line with the path.</exception>
    public static FuzzResult Read(string path) => Read(path, ResultLines.Of(path));

    /// <summary>The same of a file whose lines are read elsewhere.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="FormatException">It is no result of a whole run; the message is one line with the path.</exception>
    public static FuzzResult Read(string path, IEnumerable<string> lines)
    {
        int number = 0;
        try
        {
            JsonElement? start = null;
            var finds = new List<FuzzFind>();
            var replies = new List<ReplyCoverage>();
            foreach (string line in lines)
            {
                number++;
                JsonElement record = JsonDocument.Parse(line).RootElement;
                switch (record.GetProperty("record").GetString())
                {
                    case "start" when start is null:
                        start = record;
                        break;
                    case "find":
                        finds.Add(FindFile.Read(record));
                        break;
                    case "replies":
                        string dialect = record.GetProperty("dialect").GetString()!;
                        replies.AddRange(record.GetProperty("reached").EnumerateObject().Select(reply => new ReplyCoverage(dialect, reply.Name, reply.Value.GetInt64())));
                        break;
                    case "complete" when start is { } first:
                        return Result(first, record, finds, replies);
                    default:
                        throw new FormatException("expected a record of 'fuzz'");
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"{path}:{number}: is no record of a JSON report of 'fuzz'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path}: can't be read: {WriteFailure.Why(e)}", e);
        }

        throw new FormatException($"{path}: has no 'complete' record: the run did not come to its end");
    }

    private static void WriteCounts(Utf8JsonWriter json, FuzzResult result, int exitCode)
    {
        json.WriteNumber("from", result.Numbers.From);
        json.WriteNumber("to", result.Numbers.To);
        json.WriteNumber("cases", result.Cases);
        json.WriteNumber("asked", result.Asked);
        json.WriteNumber("seconds", Math.Round((decimal)result.Seconds, 3));
        if (result.Begun is { } begun)
        {
            json.WriteStartObject("begun");
            json.WriteNumber("seconds", Math.Round((decimal)begun.Seconds, 3));
            json.WriteNumber("cases", begun.Cases);
            json.WriteEndObject();
        }

        json.WriteNumber("rate", Math.Round((decimal)result.Rate));
        json.WriteNumber("distinct", result.Distinct);
        json.WriteNumber("withheld", result.Withheld);
        json.WriteNumber("notRepeated", result.NotRepeated);
        json.WriteStartArray("fleeting");
        foreach (string kind in result.Fleeting)
        {
            json.WriteStringValue(kind);
        }

        json.WriteEndArray();
        json.WriteNumber("knownDifferences", result.KnownDifferences);
        json.WriteNumber("finds", result.Finds.Count);
        if (result.Failure is { } failure)
        {
            json.WriteString("failure", failure);
            json.WriteBoolean("ownFault", result.OwnFault);
        }

        json.WriteBoolean("interrupted", result.Interrupted);
        json.WriteNumber("exitCode", exitCode);
    }

    private static FuzzResult Result(JsonElement start, JsonElement complete, IReadOnlyList<FuzzFind> finds, IReadOnlyList<ReplyCoverage> replies) => new()
    {
        Targets = [.. start.GetProperty("targets").EnumerateArray().Select(target => (target.GetProperty("target").GetString()!, target.GetProperty("dialect").GetString()!))],
        Seed = start.GetProperty("seed").GetUInt64(),
        Corpus = start.GetProperty("corpus").GetString()!,
        Numbers = (complete.GetProperty("from").GetInt64(), complete.GetProperty("to").GetInt64()),
        Cases = complete.GetProperty("cases").GetInt64(),
        Asked = complete.GetProperty("asked").GetInt64(),
        Seconds = (double)complete.GetProperty("seconds").GetDecimal(),
        Begun = complete.TryGetProperty("begun", out JsonElement begun) ? ((double)begun.GetProperty("seconds").GetDecimal(), begun.GetProperty("cases").GetInt64()) : null,
        Distinct = complete.GetProperty("distinct").GetInt32(),
        Withheld = complete.GetProperty("withheld").GetInt64(),
        NotRepeated = complete.GetProperty("notRepeated").GetInt64(),
        Fleeting = [.. complete.GetProperty("fleeting").EnumerateArray().Select(kind => kind.GetString()!)],
        KnownDifferences = complete.GetProperty("knownDifferences").GetInt64(),
        Finds = complete.GetProperty("finds").GetInt32() == finds.Count ? finds : throw new FormatException("finds are missing"),
        Replies = replies,
        Failure = complete.TryGetProperty("failure", out JsonElement failure) ? failure.GetString() : null,
        OwnFault = complete.TryGetProperty("ownFault", out JsonElement own) && own.GetBoolean(),
        Interrupted = complete.GetProperty("interrupted").GetBoolean(),
    };

    private static void Record(ReportFile file, string kind, Action<Utf8JsonWriter> write) => file.Write(JsonRecord.Line(kind, write));
}
