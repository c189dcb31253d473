using System.CommandLine;
using RexecConformance.Captures.Guessing;
using RexecConformance.Captures.Showing;
using RexecConformance.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>Options of the verbs that print conversations.</summary>
internal sealed class ShowingOptions
{
    public Option<int?> Port { get; } = new("--port")
    {
        Description = "The server's port (default: 512, else found by shape)",
        HelpName = "N",
        Validators = { result => Commands.PortNumber.Check(result, "--port") },
    };

    public Option<bool> Full { get; } = new("--full") { Description = "Every conversation in full, as a hexadecimal and text dialogue" };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON record a line (docs/capture-show.md)" };

    public Option<bool> ShowPasswords { get; } = new("--show-passwords") { Description = "Write passwords out" };

    public Option<bool> HideUserName { get; } = new("--hide-username") { Description = "Stars for user names, wherever they stand" };

    public Option<bool> HideCommand { get; } = new("--hide-command") { Description = "Stars for commands, wherever they stand" };

    public Option<string?> Scenarios { get; } = new CommonOptions().Scenarios;

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Port, Full, Json, ShowPasswords, HideUserName, HideCommand, Scenarios })
        {
            command.Options.Add(option);
        }
    }

    public ShowOptions Shown(ParseResult parsed) => new()
    {
        Passwords = parsed.GetValue(ShowPasswords),
        UserNames = !parsed.GetValue(HideUserName),
        Commands = !parsed.GetValue(HideCommand),
    };

    /// <summary>The dialects to guess from, or null after what is wrong with their files has been written to standard error.</summary>
    public IReadOnlyList<Dialect>? Dialects(ParseResult parsed)
    {
        (IReadOnlyList<Dialect> dialects, IReadOnlyList<Problem> problems) = DialectFiles.Read(ScenarioFolder.Find(parsed.GetValue(Scenarios)));
        if (problems.Count == 0)
        {
            return dialects;
        }

        ScenarioFolder.Report(problems);
        return null;
    }
}
