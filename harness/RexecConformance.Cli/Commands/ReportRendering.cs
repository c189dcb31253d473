using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Reports;

namespace RexecConformance.Cli.Commands;

/// <summary>A result of <c>run</c> or <c>compare</c> as text: counts for each target, then each red case with what came and how to see it again.</summary>
internal static class ReportRendering
{
    private static readonly string[] s_red = [Words.Of(Verdict.Fail), Words.Of(Verdict.Xpass), Words.Of(Verdict.Error)];

    /// <summary>Writes it, once the whole file was read.</summary>
    /// <exception cref="FormatException">It is no report of a whole run; the message has the place.</exception>
    public static void Write(TextWriter output, string file, bool colour)
    {
        var paint = new Paint(colour);
        var red = new List<string[]>();
        var targets = new StringWriter();
        bool complete = false;
        int variants = 0;
        int failures = 0;
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            try
            {
                using var document = JsonDocument.Parse(line);
                JsonElement record = document.RootElement;
                if (complete)
                {
                    throw new FormatException($"{file}:{number}: a second report begins here, expected one in a file");
                }

                switch (record.GetProperty("record").GetString())
                {
                    case "target":
                        Target(targets, record, paint);
                        failures += record.TryGetProperty("failure", out _) ? 1 : 0;
                        break;
                    case "result":
                        variants++;
                        if (s_red.Contains(record.GetProperty("verdict").GetString()))
                        {
                            red.Add(Case(record, paint));
                        }

                        break;
                    case "complete":
                        complete = true;
                        break;
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException || (e is FormatException && !complete))
            {
                throw new FormatException($"{file}:{number}: is no record of a JSON report", e);
            }
        }

        if (!complete)
        {
            throw new FormatException($"{file}: has no 'complete' record: the run did not come to its end");
        }

        output.Write(targets);
        foreach (string[] lines in red)
        {
            output.WriteLine();
            Array.ForEach(lines, output.WriteLine);
        }

        output.WriteLine();
        string incomplete = failures == 0 ? "" : $"; {Words.Count(failures, "target")} not judged to the end";
        output.WriteLine(red.Count == 0 && failures == 0
            ? paint.Green($"nothing red in {Words.Count(variants, "variant")}")
            : paint.Red($"{red.Count} red of {Words.Count(variants, "variant")}{incomplete}"));
    }

    private static void Target(TextWriter output, JsonElement record, Paint paint)
    {
        JsonElement counts = record.GetProperty("counts");
        string all = string.Join(", ", Words.Verdicts.Select(verdict => $"{counts.GetProperty(Words.Of(verdict)).GetInt32()} {Words.Of(verdict)}"));
        output.WriteLine(PlainText.OneLine($"{record.GetProperty("target").GetString()} as {record.GetProperty("dialect").GetString()}: {all}"));
        if (record.TryGetProperty("failure", out JsonElement failure))
        {
            output.WriteLine(paint.Red(PlainText.OneLine($"target {record.GetProperty("target").GetString()}: {failure.GetString()}")));
        }
    }

    private static string[] Case(JsonElement record, Paint paint)
    {
        string name = $"{record.GetProperty("id").GetString()}#{record.GetProperty("variant").GetString()}";
        var lines = new List<string>
        {
            paint.Red(PlainText.OneLine($"{record.GetProperty("verdict").GetString()!.ToUpperInvariant()} {name}: {record.GetProperty("title").GetString()}")),
            PlainText.OneLine($"  {record.GetProperty("target").GetString()} as {record.GetProperty("dialect").GetString()}"),
        };
        lines.AddRange(record.GetProperty("findings").EnumerateArray().Select(finding => PlainText.OneLine($"  {finding.GetProperty("text").GetString()}")));
        if (lines.Count == 2)
        {
            lines.Add(PlainText.OneLine($"  {record.GetProperty("reason").GetString()}"));
        }

        if (record.TryGetProperty("received", out JsonElement received))
        {
            lines.AddRange(received.EnumerateObject().Where(stream => stream.Value.GetProperty("connected").GetBoolean()).Select(stream =>
                PlainText.OneLine($"  {stream.Name} brought {EscapedBytes.Quote(Convert.FromHexString(stream.Value.GetProperty("hex").GetString()!))}, {stream.Value.GetProperty("end").GetString()}")));
        }

        lines.Add(PlainText.OneLine($"  again: {record.GetProperty("reproduce").GetString()}"));
        return [.. lines];
    }
}
