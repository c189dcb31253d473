using System.Text.RegularExpressions;
using RexecConformance.Accounts;
using RexecConformance.Authoring;
using RexecConformance.Dialects;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Fuzzing.Promoting;
using RexecConformance.Inetd;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>fuzz promote</c>.</summary>
internal sealed partial record FuzzPromoteSession
{
    public required string Find { get; init; }

    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Story { get; init; }

    /// <summary><c>TARGET=TEXT</c> each.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    public string? Folder { get; init; }

    public bool Force { get; init; }

    public string? Scenarios { get; init; }

    /// <summary>Writes the scenario and says where; see <see cref="ExitCodes"/>.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (Id is not null && !Slug().IsMatch(Id))
        {
            return Said.Line($"--id is '{Id}', expected lower case letters, digits and single hyphens", ExitCodes.Usage);
        }

        if (Title is not null && (Title.Trim().Length == 0 || PlainText.OneLine(Title) != Title))
        {
            return Said.Line($"--title is '{Title}', expected one line of text", ExitCodes.Usage);
        }

        if (Servers.FirstOrDefault(text => text.IndexOf('=', StringComparison.Ordinal) < 1) is { } odd)
        {
            return Said.Line($"--server is '{odd}', expected TARGET=TEXT", ExitCodes.Usage);
        }

        if (ScenarioFolder.Load(Scenarios) is not { } tree)
        {
            return ExitCodes.Usage;
        }

        try
        {
            FuzzFind find = FindFile.Read(Find);
            string id = Id ?? PromotedNames.Id(find);
            string folder = Folder ?? Path.Combine(tree.Directory, "cases", "fuzzed");
            string path = Path.Combine(folder, id + ".yaml");
            if (!Slug().IsMatch(id))
            {
                return Said.Line($"{Find}: its kind '{find.Kind}' makes no id of a scenario: name one with --id", ExitCodes.Usage);
            }

            if (tree.Scenarios.FirstOrDefault(one => one.Id == id && Path.GetFullPath(one.File) != Path.GetFullPath(path)) is { } taken)
            {
                return Said.Line($"the id '{id}' is that of {taken.File}: ids are never reused, name another with --id", ExitCodes.Usage);
            }

            if (File.Exists(path) && !Force)
            {
                return Said.Line($"{path}: is there already: name another with --id, or --force to replace it", ExitCodes.Usage);
            }

            Scenario scenario = PromotedScenario.Of(await PromotionAsync(find, id, tree, cancel));
            Write(path, ScenarioWriter.Write(scenario, SchemaLine.PathFor(path, SchemaLine.Scenario)));
            Console.WriteLine(path);
            return ExitCodes.Green;
        }
        catch (PromotionException e)
        {
            return Said.Line($"{Find}: {e.Message}", ExitCodes.Usage);
        }
        catch (Exception e) when (e is FormatException or ReportException)
        {
            return Said.Line(e.Message, ExitCodes.Usage);
        }
    }

    private async Task<Promotion> PromotionAsync(FuzzFind find, string id, ScenarioTree tree, CancellationToken cancel)
    {
        var replies = new List<PromotedReply>();
        foreach (FindSide side in find.Sides)
        {
            replies.Add(new PromotedReply(side.Target, side.Dialect, await ServerAsync(side.Target, find.Suite, cancel), side.Outcome));
        }

        AccountFile accounts = tree.Fixtures.Accounts;
        return new Promotion
        {
            Id = id,
            Title = Title ?? PromotedNames.Title(find, new AccountContext(accounts)),
            Story = Story is null ? PromotedNames.Story(find) : Plain(Story),
            Command = PromotedNames.Command(find),
            Date = DateOnly.FromDateTime(find.FoundAt.UtcDateTime),
            Case = find.Smallest,
            Replies = replies,
            Dialects = tree.Dialects,
            Predictor = dialect => new Predictor(dialect, accounts, Shell.Sh, argumentList: null) { RealShell = replies.Any(reply => reply.RealShell) },
            Accounts = accounts,
            Requirements = tree.Requirements.Keys.ToHashSet(),
        };
    }

    private static string? Plain(string text) =>
        PlainText.OneLine(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))) is { Length: > 0 } plain ? plain : null;

    private async Task<string?> ServerAsync(string target, string suite, CancellationToken cancel)
    {
        if (Servers.FirstOrDefault(text => text.StartsWith(target + "=", StringComparison.Ordinal)) is { } told)
        {
            return Plain(told[(target.Length + 1)..]);
        }

        if (target.StartsWith("inetd:", StringComparison.Ordinal))
        {
            return (await DaemonPackage.ProvenanceAsync(target["inetd:".Length..].Split(' ')[0], cancel)).GetValueOrDefault("package");
        }

        return target.StartsWith("reference", StringComparison.Ordinal) || target.StartsWith("memory", StringComparison.Ordinal) ? $"rexecd {suite}" : null;
    }

    // What was written is read again before it gets its name: a file that validate refuses is a fault of the suite.
    private static void Write(string path, string text)
    {
        var problems = new List<Problem>();
        SourceFile source = SourceFile.Parse(path, text, problems);
        if (ScenarioReader.Read(source) is null || problems.Count > 0)
        {
            throw new InvalidOperationException($"the scenario that was made does not read: {problems.FirstOrDefault()}");
        }

        ScenarioFileText.Save(path, text);
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Slug();
}
