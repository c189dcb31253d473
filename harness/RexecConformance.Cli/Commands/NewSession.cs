using RexecConformance.Accounts;
using RexecConformance.Authoring;
using RexecConformance.Cli.Targets;
using RexecConformance.Dialects;
using RexecConformance.Inetd;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>new</c>.</summary>
internal sealed record NewSession
{
    private static readonly string[] s_levels = [.. Enum.GetNames<Level>().Select(name => name.ToLowerInvariant())];

    public required Draft Draft { get; init; }

    public string? Level { get; init; }

    /// <summary>Dialects without an expectation: the one that the observed target is of.</summary>
    public IReadOnlyList<string> Dialects { get; init; } = [];

    public string? Observe { get; init; }

    public string? Server { get; init; }

    public string? Scenarios { get; init; }

    public string? Output { get; init; }

    public bool Force { get; init; }

    /// <summary>Makes the scenario, and says where it is and what to do next.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        Interruption.Note = "nothing is written";
        try
        {
            (ScenarioTree tree, Dictionary<string, string> ids, IReadOnlyList<Problem> problems) = NewFolder.Read(Scenarios ?? (Output is null or "-" ? null : NewFolder.Above(Output)));
            if (problems.Count > 0)
            {
                ScenarioFolder.Report(problems);
                return ExitCodes.Usage;
            }

            string path = Output ?? NewFolder.FileOf(Scenarios, Draft.Id);
            Draft draft = Draft with { Level = LevelOf() };
            Scenario scenario = DraftScenario.Of(draft, tree, ids, path);
            if (Output != "-" && File.Exists(path) && !Force)
            {
                return Said.Line($"{path}: is there already: name another id or file, or --force to replace it", ExitCodes.Usage);
            }

            var notes = new List<string>();
            if (Observe is { } target)
            {
                scenario = await ObservedAsync(scenario, target, tree, notes, cancel);
            }
            else if (Dialects.Count > 0 || Server is not null)
            {
                return Said.Line("--dialect NAME and --server go with --observe; --dialect NAME=WHAT says what a dialect answers", ExitCodes.Usage);
            }

            if (notes.Count > 0)
            {
                scenario = scenario with { Notes = string.Join(' ', notes.Prepend(scenario.Notes).OfType<string>()) };
            }

            string text = ScenarioFileText.Of(scenario, draft, NewFolder.SchemaOf(path, Scenarios));
            if (ScenarioFileText.Check(path, text, tree) is [{ } wrong, ..])
            {
                return Said.Line(wrong.Text, ExitCodes.Usage);
            }

            return Write(path, text, scenario);
        }
        catch (Exception e) when (e is DraftException or TargetSpecException or ReportException)
        {
            return Said.Wrong(e);
        }
        catch (TargetStartException e)
        {
            return Said.Line(e.Message, ExitCodes.Target);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private Level? LevelOf() => Level is null ? null
        : s_levels.Contains(Level) ? Enum.Parse<Level>(Level, ignoreCase: true)
        : throw new DraftException($"--level: there is no level '{Level}', expected one of: {string.Join(", ", s_levels)}{Nearest.Remark(Level, s_levels)}");

    private async Task<Scenario> ObservedAsync(Scenario scenario, string text, ScenarioTree tree, List<string> notes, CancellationToken cancel)
    {
        if (Dialects.Count > 1)
        {
            throw new DraftException("--dialect: with --observe name one dialect, that of the target");
        }

        IReadOnlyList<PlannedTarget> plan = TargetOpener.Plan([text], Dialects.Count == 1 ? Dialects[0] : null, tree);
        if (plan is not [{ Spec.Kind: not "recorded" } planned])
        {
            throw new DraftException($"--observe takes one target that can be driven, not '{text}'");
        }

        await using ITarget target = await TargetOpener.OpenAsync(planned, tree.Fixtures, cancel);
        IReadOnlyList<ObservedVariant> seen = await Observation.DriveAsync(scenario, target, cancel);

        // This verb makes no case in which a server must not listen, and a port that was mistyped is no fact about a dialect.
        if (seen.All(one => one.Transcript.ConnectError == Transcript.Refused))
        {
            throw new TargetStartException($"--observe: {target.Name} refuses connections: start the server first; nothing is written");
        }

        Alternative came = ObservedExpectation.Of(scenario, planned.Dialect, target, seen, notes);
        if (scenario.Expect.Any(alternative => alternative.When.Any(one => one.Property == Condition.DialectName && one.Values.Contains(planned.Dialect))))
        {
            throw new DraftException($"--dialect {planned.Dialect}=... and --observe both say what {planned.Dialect} answers: leave one out");
        }

        var basis = new Basis(BasisKind.Observed, ServerOf(target), DateTime.UtcNow.ToString("yyyy-MM-dd"), target.Name == ServerOf(target) ? null : target.Name);
        return scenario with
        {
            Undecided = false,
            Expect = [came, .. scenario.Expect],
            Basis = [new ScenarioBasis(planned.Dialect, basis), .. scenario.Basis],
        };
    }

    private string ServerOf(ITarget target) =>
        Server
        ?? target.Provenance.GetValueOrDefault("package")
        ?? (target.Name.StartsWith("reference", StringComparison.Ordinal) ? $"rexecd {SuiteVersion.Text}" : target.Provenance.GetValueOrDefault("daemon") ?? target.Name);

    private int Write(string path, string text, Scenario scenario)
    {
        if (path == "-")
        {
            Console.Out.Write(text);
            return ExitCodes.Green;
        }

        NewFolder.Prepare(path, Scenarios, Output is null);
        ScenarioFileText.Save(path, text);
        Console.WriteLine(path);
        if (scenario.Undecided)
        {
            Console.Error.WriteLine("rexec-conformance: it expects nothing yet: write what must come back, or --observe TARGET --force");
        }

        string? own = Output is null ? Scenarios : NewFolder.Above(path);
        string folder = own is null ? "" : $" --scenarios {ShellWord.Quote(own)}";
        Console.Error.WriteLine(PlainText.OneLine(Output is not null && own is null
            ? "rexec-conformance: next: put it below cases/ in a folder of scenarios, where explain and run find it"
            : $"rexec-conformance: next: rexec-conformance explain{folder} {scenario.Id}; rexec-conformance run{folder} --id {scenario.Id}"));
        return ExitCodes.Green;
    }
}
