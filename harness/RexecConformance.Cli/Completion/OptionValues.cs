using System.CommandLine;
using System.CommandLine.Completions;

namespace RexecConformance.Cli.Completion;

/// <summary>The values that an option or an argument may have, by its name and by what its help calls the value.</summary>
internal static class OptionValues
{
    private static readonly string[] s_files = ["FILE", "FIND", "A.json,B.json"];

    /// <summary>The candidates for a word.</summary>
    public static IEnumerable<Candidate> Of(Option option, string word, CommandWords place)
    {
        string help = option.HelpName ?? "";
        return option.Name switch
        {
            "--target" or "--upstream" or "--observe" => TargetForms.Of(word, place),
            "--targets" => EachOf(word, part => TargetForms.Of(part, place)),
            "--server" when help != "TEXT" => TargetForms.Of(word, place),
            "--dialect" => place.Command.Name is "run" or "fuzz"
                ? Installed.Dialects(place).Append(new Candidate("all", "each of them, with the target 'reference'"))
                : Installed.Dialects(place),
            "--id" when help == "GLOB" => ScenarioNames.Variants(word, place),
            "--tag" => ScenarioNames.Tags(place),
            "--account" => Installed.Accounts,
            _ when place.Command.Name == "new" && DraftValues.Of(option.Name, word, place) is { } values => values,
            "--report" => Reports(word, help),
            _ => Fixed(help) ?? ByHelp(help, word) ?? option.GetCompletions(CompletionContext.Empty).Select(item => new Candidate(item.Label)),
        };
    }

    /// <inheritdoc cref="Of(Option, string, CommandWords)"/>
    public static IEnumerable<Candidate> Of(Argument argument, string word, CommandWords place) => (argument.Name, place.Command.Name) switch
    {
        ("ID", "explain") => ScenarioNames.Variants(word, place),
        ("NAME", "build") => Installed.Images,
        ("NAME", "check") => Installed.Baselines,
        var (name, _) => Fixed(argument.HelpName ?? "") ?? ByHelp(name, word) ?? argument.GetCompletions(CompletionContext.Empty).Select(item => new Candidate(item.Label)),
    };

    // "must|should|may" names all values, "none|aux|TEXT" those that have a name.
    private static IEnumerable<Candidate>? Fixed(string help) =>
        help.Contains('|') ? help.Split('|').Where(value => !value.All(char.IsAsciiLetterUpper)).Select(value => new Candidate(value)) : null;

    private static IEnumerable<Candidate>? ByHelp(string help, string word) =>
        s_files.Contains(help) || help.EndsWith(".yaml", StringComparison.Ordinal) ? FileNames.Of(word, foldersOnly: false)
        : help == "DIR" ? FileNames.Of(word, foldersOnly: true)
        : null;

    private static IEnumerable<Candidate> Reports(string word, string help)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        IEnumerable<string> kinds = help == "KIND=FILE" ? Installed.ReportKinds : ["json"];
        return equals < 0
            ? kinds.Select(kind => new Candidate(kind + "=", Finished: false))
            : FileNames.Of(word[(equals + 1)..], foldersOnly: false).Select(candidate => candidate with { Text = word[..(equals + 1)] + candidate.Text });
    }

    // A list with commas: the last of it is typed.
    private static IEnumerable<Candidate> EachOf(string word, Func<string, IEnumerable<Candidate>> of)
    {
        int comma = word.LastIndexOf(',') + 1;
        return of(word[comma..]).Select(candidate => candidate with { Text = word[..comma] + candidate.Text, Finished = false });
    }
}
