using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>The same text for alternatives that demand the same.</summary>
internal static class AlternativeKey
{
    public static string Of(Alternative alternative) => string.Join(
        '|',
        alternative.Accepted is { } accepted ? $"accepted {Of(accepted.Stdout)} {Of(accepted.Stderr)}" : "",
        alternative.Refused,
        Of(alternative.Primary),
        Of(alternative.Aux));

    private static string Of(StreamRule? rule) =>
        rule is null ? "" : $"{(rule.Bytes is { } bytes ? Of(bytes) : rule.Beginning is { } beginning ? "from " + Of(beginning) : "any")} {rule.End} {rule.OpenFor} {rule.Connected} {rule.Check}";

    private static string Of(ByteTemplate template) => ByteYaml.Write(template, 0);
}
