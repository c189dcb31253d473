using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Completion;

/// <summary>Ids, titles and tags, from the first lines of the scenarios' files: to read all of the YAML would take ten times as long.</summary>
internal static class ScenarioNames
{
    private sealed record Head(string File, string Id, string Title, IReadOnlyList<string> Tags);

    /// <summary>All ids.</summary>
    public static IEnumerable<Candidate> Ids(CommandWords place) => Heads(place).Select(head => new Candidate(head.Id, head.Title));

    /// <summary>All tags.</summary>
    public static IEnumerable<Candidate> Tags(CommandWords place) =>
        Heads(place).SelectMany(head => head.Tags).Distinct().Order(StringComparer.Ordinal).Select(tag => new Candidate(tag));

    /// <summary>All ids, or after a # the variants of one.</summary>
    public static IEnumerable<Candidate> Variants(string word, CommandWords place)
    {
        int hash = word.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0)
        {
            return Ids(place);
        }

        return Heads(place).FirstOrDefault(head => head.Id == word[..hash]) is { } head
            && ScenarioReader.Read(SourceFile.Read(head.File, [])) is { } scenario
                ? Variant.Of(scenario).Select(variant => new Candidate(variant.Name))
                : [];
    }

    private static IEnumerable<Head> Heads(CommandWords place)
    {
        string folder = Installed.Scenarios(place);
        string captures = Path.Combine(folder, "..", "pcaps");
        IEnumerable<string> folders = Directory.Exists(captures) ? Directory.EnumerateDirectories(captures) : [];
        return folders.Prepend(folder).Select(one => Path.Combine(one, "cases")).Where(Directory.Exists)
            .SelectMany(cases => Directory.EnumerateFiles(cases, "*.yaml", SearchOption.AllDirectories))
            .Select(Read).OfType<Head>().OrderBy(head => head.Id, StringComparer.Ordinal);
    }

    private static Head? Read(string file)
    {
        string? id = null;
        string title = "";
        try
        {
            foreach (string line in File.ReadLines(file).Take(20))
            {
                id ??= After(line, "id:");
                title = After(line, "title:")?.Trim('"', '\'') ?? title;
                if (After(line, "tags:") is { } tags && id is not null)
                {
                    return new Head(file, id, title, tags.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What can't be read is not offered; validate says why.
        }

        return id is null ? null : new Head(file, id, title, []);
    }

    private static string? After(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..].Trim() : null;
}
