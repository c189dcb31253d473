using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using RexecConformance.Accounts;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Cli.Progress;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>capture import</c>.</summary>
internal static partial class CaptureImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A capture file; - is standard input" };
        var output = new Option<string>("--output", "-o") { Description = "Folder to write to; it must be empty or not be there", HelpName = "DIR", Required = true };
        var force = new Option<bool>("--force") { Description = "Write to a folder that holds files, replacing those of the same name" };
        var conversation = new Option<int[]>("--conversation") { Description = "Only this conversation, from 1; may be repeated", HelpName = "N" };
        var port = new Option<int?>("--port") { Description = "The server's port in the capture (default: 512, else found by shape)", HelpName = "N" };
        var account = new Option<string?>("--account") { Description = "Put a test account's credentials in place of the captured ones, usually 'good'", HelpName = "KEY" };
        var redact = new Option<bool>("--redact") { Description = "Put test text of the same length in place of user names, passwords and addresses, everywhere" };
        var name = new Option<string?>("--name") { Description = "What ids begin with (default: the file's name)", HelpName = "PREFIX" };
        var scenarios = new CommonOptions().Scenarios;
        var command = new Command(
            "import",
            "Makes scenarios of captured conversations: the client's segments and pauses, the server's bytes as expectation, and the accounts and commands that a target needs.\n\n"
            + "Example: rexec-conformance capture import session.pcap -o session && rexec-conformance run --scenarios session --target reference")
        {
            file, output, force, conversation, port, account, redact, name, scenarios,
        };
        command.SetAction((parsed, cancel) => ImportAsync(
            parsed.GetValue(file)!,
            parsed.GetValue(output)!,
            parsed.GetValue(force),
            parsed.GetValue(port),
            parsed.GetValue(scenarios),
            new ImportOptions
            {
                Conversations = parsed.GetValue(conversation) ?? [],
                Account = parsed.GetValue(account),
                Redact = parsed.GetValue(redact),
                Name = parsed.GetValue(name),
            },
            cancel));
        return command;
    }

    private static async Task<int> ImportAsync(
        string file, string folder, bool force, int? port, string? scenarios, ImportOptions options, CancellationToken cancel)
    {
        if (options.Name is { } name && !Slug().IsMatch(name))
        {
            return Said.Line($"--name is '{name}', expected lower case letters, digits and single hyphens", ExitCodes.Usage);
        }

        if (options.Account is { } key && !AccountFile.Default.TryGet(key, out _))
        {
            return Said.Line($"--account: there is no account '{key}', expected one of: {string.Join(", ", AccountFile.Default.Accounts.Select(one => one.Key))}", ExitCodes.Usage);
        }

        if (ScenarioFolder.Load(scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        CaptureContents contents;
        CaptureOrigin origin;
        try
        {
            Interruption.Note = "nothing is written";
            var clock = Stopwatch.StartNew();
            await using LiveLine line = LiveLine.Start(() => ($"reading {file}, {clock.Elapsed.TotalSeconds:0} s", false));
            (contents, origin) = await Task.Run(
                () => file == "-" ? CaptureInput.Read(Console.OpenStandardInput(), port) : CaptureInput.Read(file, port), cancel).WaitAsync(cancel);
        }
        catch (Exception e) when (e is CaptureFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Said.Line(e is InvalidDataException ? e.Message : $"{file}: {Said.WhyNotRead(e, file)}", ExitCodes.Usage);
        }

        foreach (string warning in contents.Warnings)
        {
            Console.Error.WriteLine($"{file}: warning: {warning}");
        }

        if (options.Conversations.Count == 0 && origin.Manifest is { Conversations.Count: > 0 } manifest)
        {
            options = options with { Conversations = manifest.Conversations };
        }

        if (contents.Conversations.Count == 0 || options.Conversations.Any(wanted => contents.Conversations.All(one => one.Number != wanted)))
        {
            return Said.Line(
                contents.Conversations.Count == 0
                    ? $"{file}: no rexec conversation in it"
                    : $"{file}: there is no conversation {string.Join(", ", options.Conversations)}, expected 1 to {contents.Conversations.Count}",
                ExitCodes.NothingMatched);
        }

        ImportResult result = CaptureImport.Of(contents.Conversations, origin, options, tree.Dialects);
        foreach ((Conversation one, string reason) in result.Left)
        {
            Console.Error.WriteLine($"rexec-conformance: conversation {one.Number} is not imported: {reason}");
        }

        return result.Scenarios.Count == 0 ? Said.Line($"{file}: nothing was imported", ExitCodes.NothingMatched) : Write(folder, result, force);
    }

    private static int Write(string folder, ImportResult result, bool force)
    {
        try
        {
            ImportFolder.Write(folder, result.Files, force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Said.Line($"{folder}: {WriteFailure.Why(e)}", ExitCodes.Usage);
        }

        foreach (ImportedScenario made in result.Scenarios)
        {
            Console.WriteLine($"{made.Scenario.Id}: {made.Lines.Title}");
            foreach (string note in made.Lines.Notes)
            {
                Console.Error.WriteLine($"rexec-conformance: {made.Scenario.Id}: {note}");
            }
        }

        Console.WriteLine($"{folder}: {string.Join(", ", result.Files.Keys)}");
        return ExitCodes.Green;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slug();
}
