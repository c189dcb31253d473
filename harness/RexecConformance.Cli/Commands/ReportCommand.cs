using System.CommandLine;
using System.Text.Json;
using RexecConformance.Comparing;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>report</c>: renders a result file again, without any server.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A result that --report json=FILE wrote: of fuzz, run or compare" };
        var compare = new Option<bool>("--compare") { Description = "Show the targets of a result of run or compare beside each other, as compare does" };
        var command = new Command("report", "Renders a result file again.\n\nExample: rexec-conformance report result.json")
        {
            file, compare,
        };
        command.SetAction(parsed =>
        {
            try
            {
                return Render(parsed.GetValue(file)!, parsed.GetValue(compare));
            }
            catch (FormatException e)
            {
                return Said.Line(e.Message, ExitCodes.Usage);
            }
        });
        return command;
    }

    private static int Render(string file, bool compare)
    {
        bool colour = FuzzSession.Colour(Console.Out);
        if (Verb(file) == FuzzResultFile.Verb)
        {
            if (compare)
            {
                return Said.Line($"{file}: is a result of fuzz, --compare is for those of run and compare", ExitCodes.Usage);
            }

            FuzzSummary.Write(Console.Out, FuzzResultFile.Read(file), colour);
            return ExitCodes.Green;
        }

        ReportedRun run = ResultReader.Read(file);
        var options = new SummaryOptions { Colour = colour, ShowPasswords = run.ShowsPasswords };
        if (!compare)
        {
            SummaryReport.Write(Console.Out, run, options);
            return ExitCodes.Green;
        }

        if (run.Targets.Count < 2)
        {
            return Said.Line($"{file}: holds the results of one target, expected two or more for --compare", ExitCodes.Usage);
        }

        var columns = run.Targets.Select(target => target.Cases.ToDictionary(one => one.Name, ComparedCell.Of)).ToList();
        ComparisonReport.Write(
            Console.Out,
            [.. run.Targets.Select(target => target.Target)],
            [.. run.Cases.OrderBy(one => one.Place).Select(one => one.Name).Distinct().Select(name => new ComparedRow(name, [.. columns.Select(column => column.GetValueOrDefault(name))]))],
            onlyDifferent: true,
            options);
        return ExitCodes.Green;
    }

    // What the first record says of itself; files of run and compare say no verb.
    private static string? Verb(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            using var first = JsonDocument.Parse(reader.ReadLine() ?? "");
            JsonElement record = first.RootElement;
            return record.GetProperty("record").GetString() != "start" || record.GetProperty("format").GetInt32() != ResultWriter.Format
                ? throw new FormatException($"{file}:1: expected a 'start' record of format {ResultWriter.Format}")
                : record.TryGetProperty("verb", out JsonElement verb) ? verb.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{file}:1: is no result of fuzz, run or compare (--report json=FILE writes one)", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = File.Exists(file) || Directory.Exists(file) ? WriteFailure.WhyNotNew(e, file) : "there is no such file";
            throw new FormatException($"{file}: can't be read: {why}", e);
        }
    }
}
