using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Targets;

/// <summary>A target to run and the dialect to judge it by.</summary>
/// <param name="Spec">The target as written.</param>
/// <param name="Dialect">The dialect's name.</param>
internal sealed record PlannedTarget(TargetSpec Spec, string Dialect);

/// <summary>Turns the texts after <c>--target</c> into targets.</summary>
internal static class TargetOpener
{
    /// <summary>Decides which dialect each target is judged by; <c>all</c> makes one target of each dialect.</summary>
    /// <exception cref="TargetSpecException">A target or a dialect is none, or they do not go together.</exception>
    public static IReadOnlyList<PlannedTarget> Plan(IReadOnlyList<string> texts, string? dialect, ScenarioTree tree)
    {
        if (dialect is not (null or "all") && !tree.Dialects.ContainsKey(dialect))
        {
            throw new TargetSpecException($"--dialect: there is no dialect '{dialect}', expected one of: {string.Join(", ", tree.Dialects.Keys)}");
        }

        var plan = new List<PlannedTarget>();
        foreach (TargetSpec spec in texts.Select(TargetSpec.Parse))
        {
            if (dialect == "all" && (!Served(spec) || spec.Argument.Length > 0))
            {
                throw new TargetSpecException($"--dialect all goes with the target 'reference' only, not with '{spec.Text}'");
            }

            plan.AddRange(spec.Kind switch
            {
                _ when Served(spec) && dialect == "all" => AllDialects(spec, tree).Select(name => new PlannedTarget(Named(spec, name), name)),
                _ when Served(spec) && spec.Argument.Length == 0 => [new PlannedTarget(Named(spec, dialect ?? "bsd44"), dialect ?? "bsd44")],
                _ when Served(spec) => [new PlannedTarget(spec, Known(spec, dialect ?? spec.Argument, tree))],
                "file" => [new PlannedTarget(spec, Known(spec, dialect ?? ReadFile(spec).Profile.Dialect, tree))],
                "container" => [new PlannedTarget(spec, Known(spec, dialect ?? ContainerOpener.DialectOf(spec), tree))],
                "recorded" => [new PlannedTarget(spec, Known(spec, dialect ?? RecordedOpener.Read(spec).Dialect, tree))],
                _ when dialect is null => throw new TargetSpecException(
                    $"target '{spec.Text}': say with --dialect what it is to be judged by: {string.Join(", ", tree.Dialects.Keys)}"),
                _ => [new PlannedTarget(spec, dialect)],
            });
        }

        return plan;
    }

    /// <summary>The targets of a verb that judges by no dialect: <paramref name="dialect"/> is only what <c>reference</c> serves.</summary>
    /// <exception cref="TargetSpecException">A target is none.</exception>
    public static IReadOnlyList<PlannedTarget> PlanWithoutJudging(IReadOnlyList<string> texts, string? dialect) =>
    [
        .. texts.Select(TargetSpec.Parse).Select(spec => Served(spec) && spec.Argument.Length == 0
            ? new PlannedTarget(Named(spec, dialect ?? "bsd44"), dialect ?? "bsd44")
            : new PlannedTarget(spec, dialect ?? "")),
    ];

    /// <summary>The targets with the entries of a dialect file, which is part of their names: so a name tells how to have the same again.</summary>
    /// <exception cref="TargetSpecException">One of them is not the reference server.</exception>
    public static IReadOnlyList<PlannedTarget> WithDialectFile(IReadOnlyList<PlannedTarget> plan, string? file) => file is null ? plan :
    [
        .. plan.Select(planned => Served(planned.Spec)
            ? planned with { Spec = Named(planned.Spec with { Options = new Dictionary<string, string>(planned.Spec.Options) { ["dialect-file"] = file } }, planned.Spec.Argument) }
            : throw new TargetSpecException($"--dialect-file changes the reference server only, not '{planned.Spec.Text}'")),
    ];

    /// <summary>Starts or reaches a target.</summary>
    /// <exception cref="TargetSpecException">It is written wrongly.</exception>
    /// <exception cref="TargetStartException">It did not start.</exception>
    /// <param name="planned">The target.</param>
    /// <param name="fixtures">Accounts that a target which is set up here is to have, and commands for the reference server.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ITarget> OpenAsync(PlannedTarget planned, Fixtures fixtures, CancellationToken cancel)
    {
        TargetSpec spec = planned.Spec;
        if (spec.Kind == TargetSpec.Memory)
        {
            throw new TargetSpecException($"target '{spec.Text}': only fuzz takes a server in memory, reference:{spec.Argument} is the same over sockets");
        }

        var profile = new TargetProfile { Dialect = planned.Dialect };
        if (spec.Kind is "reference" or "inetd")
        {
            profile = profile with { Accounts = fixtures.Accounts };
        }

        string start = spec.Text;
        if (spec.Kind == "file")
        {
            TargetFile file = ReadFile(spec);
            profile = file.Profile with { Dialect = planned.Dialect };
            start = file.Start;
        }

        string argument = start[(start.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return start.Split(':')[0] switch
        {
            "tcp" => await TcpTarget.OpenAsync(spec.Text, argument, profile, cancel),
            "container" => await ContainerOpener.OpenAsync(spec, planned.Dialect, cancel),
            "recorded" => RecordedOpener.Open(spec, planned.Dialect),
            "inetd" => await InetdTarget.StartAsync(spec.Text, argument, profile, cancel),
            _ => await ReferenceAsync(spec, profile, fixtures, cancel),
        };
    }

    private static async Task<ITarget> ReferenceAsync(TargetSpec spec, TargetProfile profile, Fixtures fixtures, CancellationToken cancel)
    {
        ReferenceOptions options = ReferenceOptions.Read(spec);
        return !options.OwnProcess ? ReferenceTarget.Start(spec, spec.Argument, profile, fixtures)
            : OperatingSystem.IsLinux() ? await ReferenceProcessTarget.StartAsync(spec, spec.Argument, profile, fixtures, options, cancel)
            : throw new TargetStartException($"the target '{spec.Text}' needs Linux (mount namespaces): leave accounts= and commands=login out here");
    }

    private static bool Served(TargetSpec spec) => spec.Kind is "reference" or TargetSpec.Memory;

    // A dialect that lets anyone in gets no real shell: it is left out where all are asked for, which is said.
    private static IEnumerable<string> AllDialects(TargetSpec spec, ScenarioTree tree)
    {
        bool shells = ReferenceOptions.Read(spec).RealShells;
        List<string> open = [.. tree.Dialects.Keys.Where(name => shells && ReferenceTarget.LetsAnyoneIn(name))];
        if (open.Count > 0)
        {
            Console.Error.WriteLine($"rexec-conformance: {spec.Text}: left out, since they check no password and the server starts no real shell for them: {string.Join(", ", open)}");
        }

        return tree.Dialects.Keys.Except(open);
    }

    private static TargetSpec Named(TargetSpec spec, string dialect)
    {
        string options = string.Concat(spec.Options.Select(pair => $",{pair.Key}={pair.Value}"));
        return spec with { Text = spec.Kind + ":" + dialect + options, Argument = dialect };
    }

    private static string Known(TargetSpec spec, string dialect, ScenarioTree tree) => tree.Dialects.ContainsKey(dialect)
        ? dialect
        : throw new TargetSpecException(
            $"target '{spec.Text}': there is no dialect '{dialect}', expected one of: {string.Join(", ", tree.Dialects.Keys)}");

    private static TargetFile ReadFile(TargetSpec spec)
    {
        var problems = new List<Problem>();
        TargetFile? file = TargetFile.Read(spec.Argument, problems);
        return file is not null && problems.Count == 0
            ? file
            : throw new TargetSpecException(problems);
    }
}
