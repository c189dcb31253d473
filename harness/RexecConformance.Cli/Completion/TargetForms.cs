namespace RexecConformance.Cli.Completion;

/// <summary>The forms of a target, and what may follow the colon of each.</summary>
internal static class TargetForms
{
    /// <summary>The candidates for a word.</summary>
    public static IEnumerable<Candidate> Of(string word, CommandWords place)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return Kinds(place.Command.Name == "fuzz");
        }

        string kind = word[..(colon + 1)];
        string rest = word[kind.Length..];
        IEnumerable<Candidate> follow = kind switch
        {
            "reference:" or "memory:" => Installed.Dialects(place),
            "tcp:" => rest.Count(c => c == ':') == 0 ? [new Candidate("127.0.0.1:", Finished: false), new Candidate("localhost:", Finished: false), new Candidate("[::1]:", Finished: false)] : [],
            "inetd:" => FileNames.Of(rest.Length == 0 ? "/" : rest, foldersOnly: false),
            "container:" => Installed.Images,
            "recorded:" => Installed.Baselines,
            "file:" => FileNames.Of(rest, foldersOnly: false),
            _ => [],
        };
        return follow.Select(candidate => candidate with { Text = kind + candidate.Text });
    }

    private static IEnumerable<Candidate> Kinds(bool memory)
    {
        yield return new Candidate("reference", "the reference server, on loopback");
        yield return new Candidate("reference:", "the same, of a dialect", Finished: false);
        yield return new Candidate("tcp:", "a server that runs already", Finished: false);
        yield return new Candidate("inetd:", "a daemon binary of this host", Finished: false);
        yield return new Candidate("container:", "an image of docker/", Finished: false);
        yield return new Candidate("recorded:", "what a real daemon once answered", Finished: false);
        yield return new Candidate("file:", "a target described in a file", Finished: false);
        if (memory)
        {
            yield return new Candidate("memory", "the reference server without sockets");
            yield return new Candidate("memory:", "the same, of a dialect", Finished: false);
        }
    }
}
