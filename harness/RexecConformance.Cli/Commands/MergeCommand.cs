using System.CommandLine;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;
using RexecConformance.Reports.Results.Merging;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>merge</c>: results of shards become the result of one run.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The JSON results of the shards of one run (run --shard I/N --report json=FILE), in any order",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("-o", "--output") { Description = "Write the result of the whole run there, as JSON; - is standard output", HelpName = "FILE" };
        Option<string[]> report = ReportKinds.Option();
        var partial = new Option<bool>("--partial") { Description = "Merge what there is, though shards are missing" };
        var command = new Command(
            "merge",
            "Makes one result of the results of all shards of a run, and ends as that run would have.\n\n"
            + "Example: rexec-conformance merge shard-1.json shard-2.json -o result.json --report junit=result.xml")
        {
            files, output, report, partial,
        };
        command.SetAction(parsed =>
        {
            try
            {
                string[] wanted = parsed.GetValue(output) is { } file ? ["json=" + file, .. parsed.GetValue(report) ?? []] : parsed.GetValue(report) ?? [];
                return Merge(parsed.GetValue(files)!, wanted, parsed.GetValue(partial));
            }
            catch (Exception e) when (e is FormatException or InvalidDataException or ReportException)
            {
                return Said.Line(e.Message, ExitCodes.Usage);
            }
        });
        return command;
    }

    private static int Merge(IReadOnlyList<string> files, IReadOnlyList<string> wanted, bool partial)
    {
        ReportedRun run = MergedRun.Of([.. files.Select(file => (file, ResultReader.Read(file)))], partial);
        using ReportSet reports = ReportSet.Open(wanted);
        reports.Complete(run);
        TextWriter output = reports.UsesStandardOutput ? Console.Error : Console.Out;
        SummaryReport.Write(BuildLog.Of(output), run, new SummaryOptions { Colour = FuzzSession.Colour(output), ShowPasswords = run.ShowsPasswords });
        if (run.Shard is { } shards)
        {
            Console.Error.WriteLine($"rexec-conformance: these are shards {shards} alone: the others are missing");
        }

        return reports.EndWith(run.ExitCode == ExitCodes.NothingMatched
            ? Said.Line("nothing was driven: all variants are unsupported or unspecified", run.ExitCode)
            : run.ExitCode);
    }
}
