using System.CommandLine;
using System.Globalization;
using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The option <c>--shard I/N</c> of verbs that drive targets.</summary>
internal static class ShardOption
{
    /// <summary>Where Kubernetes says which pod of an indexed job this is, from 0.</summary>
    public const string IndexVariable = "JOB_COMPLETION_INDEX";

    public static Option<string?> Create() => new("--shard")
    {
        Description = $"Drive part I of N only, for N processes that share the work (docs/shards.md); N or auto/N: part {IndexVariable} + 1, as in an indexed job of Kubernetes",
        HelpName = "I/N",
    };

    /// <summary>The part that is meant, or null where all is.</summary>
    /// <param name="text">As given, or null.</param>
    /// <param name="index">What <see cref="IndexVariable"/> says, or null.</param>
    /// <exception cref="TargetSpecException">It is no part of anything; the message says what to give.</exception>
    public static Shard? Parse(string? text, string? index)
    {
        if (text is null)
        {
            return null;
        }

        string of = text.StartsWith("auto/", StringComparison.Ordinal) ? text["auto/".Length..] : text;
        if (text.Contains('/', StringComparison.Ordinal) && of == text)
        {
            return Shard.TryParse(text)
                ?? throw new TargetSpecException($"--shard is '{text}', expected I/N with 1 <= I <= N <= {Shard.Most}, as in 2/4");
        }

        if (Shard.TryParse($"1/{of}") is not { Of: var parts })
        {
            throw new TargetSpecException($"--shard is '{text}', expected I/N, as in 2/4, or auto/N, with N from 1 to {Shard.Most}");
        }

        return string.IsNullOrEmpty(index)
            ? throw new TargetSpecException($"--shard {text}: {IndexVariable} is not set, give the part as I/{parts}")
            : int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int from0) && from0 < parts
            ? new Shard(from0 + 1, parts)
            : throw new TargetSpecException($"--shard {text}: {IndexVariable} is '{PlainText.OneLine(index)}', expected a number from 0 to {parts - 1}");
    }

    /// <summary>The same, with what the environment says, for the scenarios of a tree.</summary>
    /// <exception cref="TargetSpecException">It is no part of anything.</exception>
    public static ShardedScenarios? Of(string? text, ScenarioTree tree) =>
        Parse(text, Environment.GetEnvironmentVariable(IndexVariable)) is { } shard ? new ShardedScenarios(shard, tree.Scenarios) : null;

    /// <summary>The variants of a part.</summary>
    public static IReadOnlyList<Variant> Mine(this ShardedScenarios? shard, IReadOnlyList<Variant> variants) =>
        shard is null ? variants : [.. variants.Where(variant => shard.Holds(variant.Scenario))];

    /// <summary>Says that a part is empty, or that nothing of it could be driven: no error, since the other parts need not be.</summary>
    public static void SayNothing(Shard shard, bool empty) =>
        Console.Error.WriteLine(empty
            ? $"rexec-conformance: shard {shard} has no variant of these: nothing to drive"
            : $"rexec-conformance: shard {shard}: nothing was driven, all its variants are unsupported or unspecified (--verbose says why)");
}
