using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Baselines;

/// <summary>What a real server answered to all scenarios, with where it comes from.</summary>
public sealed record Baseline
{
    /// <summary>The file's name without its end; also what <c>recorded:NAME</c> says.</summary>
    public required string Name { get; init; }

    /// <summary>The dialect whose expectations said what to wait for.</summary>
    public required string Dialect { get; init; }

    /// <summary>The target's capabilities when it was recorded.</summary>
    public required IReadOnlySet<string> Capabilities { get; init; }

    /// <summary>The longest command, characters, or null.</summary>
    public int? ArgumentList { get; init; }

    /// <summary>Target, image, package versions, engine, suite version, date.</summary>
    public required IReadOnlyDictionary<string, string> Provenance { get; init; }

    /// <summary>What came, by the variant's name.</summary>
    public required IReadOnlyDictionary<string, RecordedVariant> Variants { get; init; }

    /// <summary>Makes a baseline of a run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">The target that was driven.</param>
    /// <param name="result">The run; variants that were not driven are left out.</param>
    /// <param name="provenance">Where it comes from.</param>
    public static Baseline Of(string name, ITarget target, TargetResult result, IReadOnlyDictionary<string, string> provenance) => new()
    {
        Name = name,
        Dialect = result.Dialect,
        Capabilities = target.Capabilities,
        ArgumentList = target.ArgumentList,
        Provenance = provenance,
        Variants = result.Results.Where(r => r.Exchanges.Count > 0).ToDictionary(r => r.Variant.Name, r => Record(r, target)),
    };

    /// <summary>What is kept of one variant.</summary>
    public static RecordedVariant Record(VariantResult result, ITarget target) => new(
        result.Variant.Name,
        SentHash.Of(result.Variant, target),
        [.. result.Exchanges.Select(exchange => new RecordedExchange(
            RecordedStream.Of(exchange.Expected.Primary, exchange.Transcript.Primary, exchange.Transcript.StepsDoneAt),
            RecordedStream.Of(exchange.Expected.Aux, exchange.Transcript.Aux, exchange.Transcript.StepsDoneAt))
        {
            UnmetAwaits = exchange.Expected.NeverAnswers ? [] : exchange.Transcript.UnmetAwaits,
            ConnectError = exchange.Transcript.ConnectError,
        }).OrderBy(exchange => BaselineFile.Text(exchange), StringComparer.Ordinal)]);
}
