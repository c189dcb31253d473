using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Testing;

/// <summary>Opens the targets that a test can name.</summary>
internal static class TestedTarget
{
    private const string Forms = "tcp:HOST:PORT, inetd:/PATH [ARGS], file:TARGET.yaml";

    /// <summary>Reaches or starts a target.</summary>
    /// <param name="text">The target as written.</param>
    /// <param name="profile">What is known of it.</param>
    /// <param name="accounts">Its accounts, or null for those that it has by itself.</param>
    /// <param name="deviations">A file of known deviations, or null.</param>
    /// <param name="tree">The scenarios.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RexecDataException">A file is wrong.</exception>
    /// <exception cref="TargetSpecException">The target is written wrongly.</exception>
    /// <exception cref="TargetStartException">It did not start.</exception>
    public static async Task<ITarget> OpenAsync(
        string text, TargetProfile profile, AccountFile? accounts, string? deviations, ScenarioTree tree, CancellationToken cancel)
    {
        TargetSpec spec = TargetSpec.Parse(text);
        string start = spec.Text;
        if (spec.Kind == "inetd")
        {
            profile = profile with { Accounts = tree.Fixtures.Accounts };
        }
        else if (spec.Kind == "file")
        {
            TargetFile file = Read(problems => TargetFile.Read(spec.Argument, problems))!;
            profile = file.Profile with { Dialect = profile.Dialect, Capabilities = file.Profile.Capabilities.Union(profile.Capabilities).ToHashSet() };
            start = file.Start;
        }

        profile = accounts is null ? profile : profile with { Accounts = accounts };
        if (deviations is not null)
        {
            IReadOnlyList<Deviation> listed = Read(problems => DeviationFile.Read(deviations, problems, [.. tree.Scenarios.SelectMany(Variant.Of)]));
            profile = profile with { Deviations = [.. profile.Deviations, .. listed] };
        }

        string argument = start[(start.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return start.Split(':')[0] switch
        {
            "tcp" => await TcpTarget.OpenAsync(spec.Text, argument, profile, cancel),
            "inetd" => await InetdTarget.StartAsync(spec.Text, argument, profile, cancel),
            _ => throw new TargetSpecException($"target '{text}': a test judges one of: {Forms}"),
        };
    }

    private static T Read<T>(Func<List<Problem>, T> read)
    {
        var problems = new List<Problem>();
        T value = read(problems);
        return problems.Count == 0 ? value : throw new RexecDataException(string.Join(Environment.NewLine, problems));
    }
}
