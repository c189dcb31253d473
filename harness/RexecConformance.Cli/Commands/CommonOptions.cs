using System.CommandLine;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary>Options that several verbs have.</summary>
internal sealed class CommonOptions
{
    private static readonly Dictionary<string, Level> s_levels = Enum.GetValues<Level>().ToDictionary(level => level.ToString().ToLowerInvariant());

    public Option<string?> Scenarios { get; } = new("--scenarios")
    {
        Description = "Folder with cases/, dialects/ and requirements.yaml (default: ./scenarios, else the one installed with this command)",
        HelpName = "DIR",
    };

    public Option<string[]> Id { get; } = new("--id")
    {
        Description = "Only scenarios whose id matches, or variants ID#SEGMENTATION; * and ? as in file names; may be repeated",
        HelpName = "GLOB",
    };

    public Option<string[]> Tag { get; } = new("--tag")
    {
        Description = "Only scenarios with this tag; may be repeated (any of them)",
        HelpName = "TAG",
    };

    public Option<Level[]> Level { get; } = new("--level")
    {
        Description = "Only scenarios of this level; may be repeated",
        HelpName = "must|should|may|dialect|info",
        CustomParser = result =>
        {
            string[] texts = [.. result.Tokens.Select(token => token.Value)];
            if (texts.FirstOrDefault(text => !s_levels.ContainsKey(text)) is { } unknown)
            {
                result.AddError($"--level: there is no level '{unknown}', expected one of: {string.Join(", ", s_levels.Keys)}");
                return [];
            }

            return [.. texts.Select(text => s_levels[text])];
        },
    };

    public Option<bool> Slow { get; } = new("--slow")
    {
        Description = "Also cases that take many seconds (tag slow)",
    };

    public void AddFilterTo(Command command)
    {
        command.Options.Add(Scenarios);
        command.Options.Add(Id);
        command.Options.Add(Tag);
        command.Options.Add(Level);
        command.Options.Add(Slow);
    }

    public ScenarioFilter Filter(ParseResult parsed) => new(
        parsed.GetValue(Id) ?? [], parsed.GetValue(Tag) ?? [], parsed.GetValue(Level) ?? [], parsed.GetValue(Slow));
}
