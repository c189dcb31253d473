using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>fuzz promote</c>: its options. <see cref="FuzzPromoteSession"/> does the work.</summary>
internal static class FuzzPromoteCommand
{
    public static Command Create()
    {
        var find = new Argument<string>("FIND") { Description = "A find of a fuzz run: a file in its corpus folder's finds/" };
        var id = new Option<string?>("--id") { Description = "The scenario's id and the file's name: what goes wrong, in lower case with hyphens (default: of the find's kind)", HelpName = "SLUG" };
        var title = new Option<string?>("--title") { Description = "The scenario's title (default: what the client does and what it must get)", HelpName = "TEXT" };
        var story = new Option<string?>("--story") { Description = "What it is about, in a few sentences (default: what the run said)", HelpName = "TEXT" };
        var server = new Option<string[]>("--server") { Description = "A target's server with its version; may be repeated", HelpName = "TARGET=TEXT" };
        var output = new Option<string?>("--out") { Description = "Folder to write to (default: cases/fuzzed in the folder of scenarios)", HelpName = "DIR" };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there" };
        var scenarios = new CommonOptions().Scenarios;
        var command = new Command(
            "promote",
            "Makes a scenario of a find: what the client does, what each target answered, and what every dialect must answer.\n\n"
            + "Example: rexec-conformance fuzz promote corpus/finds/KIND.json --id long-name-is-cut && rexec-conformance run --id long-name-is-cut --target reference:debian")
        {
            find, id, title, story, server, output, force, scenarios,
        };
        command.SetAction((parsed, cancel) => new FuzzPromoteSession
        {
            Find = parsed.GetValue(find)!,
            Id = parsed.GetValue(id),
            Title = parsed.GetValue(title),
            Story = parsed.GetValue(story),
            Servers = parsed.GetValue(server) ?? [],
            Folder = parsed.GetValue(output),
            Force = parsed.GetValue(force),
            Scenarios = parsed.GetValue(scenarios),
        }.RunAsync(cancel));
        return command;
    }
}
