using System.CommandLine;
using System.Text.Json;
using RexecConformance.Comparing;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Reports.Results.Changes;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>report</c>: renders a result file again, without any server.</summary>
internal static class ReportCommand
{
    private static readonly Dictionary<string, ChangesGate> s_gates =
        Enum.GetValues<ChangesGate>().ToDictionary(gate => gate.ToString().ToLowerInvariant());

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A result that --report json=FILE wrote: of run, compare, merge or fuzz; - is standard input" };
        var compare = new Option<bool>("--compare") { Description = "Show the targets of a result beside each other, as compare does" };
        Option<string[]> report = ReportKinds.Option();
        var against = new Option<string?>("--against") { Description = "Say what changed since this older result; --report then takes markdown=FILE and json=FILE", HelpName = "FILE" };
        var gate = new Option<string?>("--gate") { Description = "With --against, what ends with exit code 1: 'worse' (red and was not, or gone; the default), 'any' change, or 'none'", HelpName = "worse|any|none" };
        _ = gate.AcceptOnlyFromAmong([.. s_gates.Keys]);
        var command = new Command(
            "report",
            "Renders a result file again, in any format, or says what changed between two.\n\n"
            + "Example: rexec-conformance report new.json --against old.json --gate any")
        {
            file, compare, report, against, gate,
        };
        command.SetAction(parsed =>
        {
            try
            {
                string[] wanted = parsed.GetValue(report) ?? [];
                if (parsed.GetValue(against) is { } old)
                {
                    return parsed.GetValue(compare)
                        ? Said.Line("--compare and --against go one without the other", ExitCodes.Usage)
                        : ChangesSession.Run(parsed.GetValue(file)!, old, s_gates[parsed.GetValue(gate) ?? "worse"], wanted);
                }

                return parsed.GetValue(gate) is not null
                    ? Said.Line("--gate goes with --against OLD", ExitCodes.Usage)
                    : Render(parsed.GetValue(file)!, parsed.GetValue(compare), wanted);
            }
            catch (Exception e) when (e is FormatException or InvalidDataException or ReportException)
            {
                return Said.Line(e.Message, ExitCodes.Usage);
            }
        });
        return command;
    }

    private static int Render(string file, bool compare, IReadOnlyList<string> wanted)
    {
        (string first, IEnumerable<string> lines) = Open(file);
        if (Verb(file, first) == FuzzResultFile.Verb)
        {
            if (compare || wanted.Count > 0)
            {
                return Said.Line($"{file}: is a result of fuzz, {(compare ? "--compare" : "--report")} is for those of run, compare and merge", ExitCodes.Usage);
            }

            FuzzSummary.Write(BuildLog.Of(Console.Out), FuzzResultFile.Read(file, lines), FuzzSession.Colour(Console.Out));
            return ExitCodes.Green;
        }

        ReportedRun run = ResultReader.Read(file, lines);
        if (compare && run.Targets.Count < 2)
        {
            return Said.Line($"{file}: holds the results of one target, expected two or more for --compare", ExitCodes.Usage);
        }

        using ReportSet reports = ReportSet.Open(wanted);
        reports.Complete(run);
        TextWriter output = reports.UsesStandardOutput ? Console.Error : Console.Out;
        var options = new SummaryOptions { Colour = FuzzSession.Colour(output), ShowPasswords = run.ShowsPasswords };
        if (compare)
        {
            Compare(output, run, options);
        }
        else
        {
            SummaryReport.Write(BuildLog.Of(output), run, options);
        }

        return reports.EndWith(ExitCodes.Green);
    }

    private static void Compare(TextWriter output, ReportedRun run, SummaryOptions options)
    {
        var columns = run.Targets.Select(target => target.ByName().ToDictionary(one => one.Key, one => ComparedCell.Of(one.Value))).ToList();
        ComparisonReport.Write(
            BuildLog.Of(output),
            [.. run.Targets.Select(target => target.Target)],
            [.. run.Cases.OrderBy(one => one.Place).Select(one => one.Name).Distinct().Select(name => new ComparedRow(name, [.. columns.Select(column => column.GetValueOrDefault(name))]))],
            onlyDifferent: true,
            options);
    }

    /// <summary>Begins to read; what is read of the file here is not read again, for it may be a pipe.</summary>
    private static (string First, IEnumerable<string> All) Open(string file)
    {
        IEnumerator<string> lines = ResultLines.Of(file).GetEnumerator();
        try
        {
            return lines.MoveNext()
                ? (lines.Current, All(lines.Current, lines))
                : throw new FormatException($"{file}: is empty, expected a JSON result (--report json=FILE writes one)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ResultLines.Failure(file, e);
        }
    }

    private static IEnumerable<string> All(string first, IEnumerator<string> rest)
    {
        using (rest)
        {
            yield return first;
            while (rest.MoveNext())
            {
                yield return rest.Current;
            }
        }
    }

    // What the first record says of itself; files of run and compare say no verb.
    private static string? Verb(string file, string line)
    {
        try
        {
            using var first = JsonDocument.Parse(line);
            JsonElement record = first.RootElement;
            return record.GetProperty("record").GetString() == "start" && record.GetProperty("format").TryGetInt32(out int format) && format == ResultWriter.Format
                ? record.TryGetProperty("verb", out JsonElement verb) ? verb.GetString() : null
                : throw new FormatException($"{file}:1: expected a 'start' record of format {ResultWriter.Format}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{file}:1: is no result of run, compare, merge or fuzz (--report json=FILE writes one)", e);
        }
    }
}
