using System.CommandLine;

namespace RexecConformance.Cli.Completion;

/// <summary>Says what the word under the cursor may become.</summary>
internal static class Completer
{
    /// <summary>All candidates, in the order in which they are to be shown.</summary>
    /// <param name="root">The whole command.</param>
    /// <param name="words">The words after the command's name; the last is the one that is typed, and may be empty.</param>
    public static IReadOnlyList<Candidate> Complete(RootCommand root, IReadOnlyList<string> words)
    {
        string word = words.Count == 0 ? "" : words[^1];
        CommandWords place = CommandWords.Of(root, [.. words.SkipLast(1)]);
        IEnumerable<Candidate> all;
        if (place.Option is { } open)
        {
            all = OptionValues.Of(open, word, place);
        }
        else if (word.StartsWith('-'))
        {
            all = word.Contains('=', StringComparison.Ordinal) ? AfterEquals(place, word) : Options(place);
        }
        else
        {
            all = Verbs(place.Command);
            if (place.Argument is { } argument)
            {
                all = all.Concat(OptionValues.Of(argument, word, place));
            }
            else if (!place.Command.Subcommands.Any(verb => !verb.Hidden))
            {
                all = all.Concat(Options(place));
            }
        }

        return [.. all.Where(candidate => candidate.Text.StartsWith(word, StringComparison.Ordinal)).DistinctBy(candidate => candidate.Text)];
    }

    private static IEnumerable<Candidate> Verbs(Command command) => command.Subcommands
        .Where(verb => !verb.Hidden)
        .Select(verb => new Candidate(verb.Name, About(verb.Description)));

    private static IEnumerable<Candidate> Options(CommandWords place) => CommandWords.OptionsOf(place.Command)
        .Where(option => !place.Used.Contains(option))
        .Select(option => new Candidate(CommandWords.Names(option).FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) ?? option.Name, About(option.Description)));

    private static IEnumerable<Candidate> AfterEquals(CommandWords place, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = word[..equals];
        return CommandWords.OptionsOf(place.Command).FirstOrDefault(option => CommandWords.Names(option).Contains(name)) is { } option
            ? OptionValues.Of(option, word[(equals + 1)..], place).Select(candidate => candidate with { Text = $"{name}={candidate.Text}" })
            : [];
    }

    // The first sentence; the example of a verb is for --help.
    private static string About(string? description)
    {
        string line = (description ?? "").Split('\n', 2)[0];
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line.TrimEnd('.') : line[..end];
    }
}
