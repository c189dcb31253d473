using RexecConformance.Dialects;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>An entry of <c>basis</c>: who says so, for the bytes that a scenario states itself.</summary>
/// <param name="Dialect">The dialect whose bytes they are; null for all that have no entry of their own.</param>
/// <param name="Basis">The evidence, as in a dialect file.</param>
public sealed record ScenarioBasis(string? Dialect, Basis Basis)
{
    /// <summary>The source of an inference that names none.</summary>
    public const string OwnSource = "this scenario";

    private static readonly string[] s_kinds = [.. Enum.GetNames<BasisKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>The entries for a dialect: its own, else those for all.</summary>
    public static IEnumerable<ScenarioBasis> For(IReadOnlyList<ScenarioBasis> all, string dialect) =>
        all.Any(entry => entry.Dialect == dialect) ? all.Where(entry => entry.Dialect == dialect) : all.Where(entry => entry.Dialect is null);

    internal static IReadOnlyList<ScenarioBasis> Read(MappingReader map)
    {
        if (!map.TryTake("basis", out YamlNode? node))
        {
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            map.Source.Report(node, $"'basis' is {SourceFile.Kind(node)}, expected a list of {{ dialect, kind, source, place, note }}");
            return [];
        }

        return [.. list.Children.Select(child => ReadOne(map.Source, child)).OfType<ScenarioBasis>()];
    }

    private static ScenarioBasis? ReadOne(SourceFile file, YamlNode node)
    {
        if (file.Mapping(node, "an entry of 'basis'") is not { } map)
        {
            return null;
        }

        string? dialect = map.OptionalText("dialect");
        string kind = map.Require("kind") is { } named ? map.Text(named, "kind") : s_kinds[0];
        int index = Array.IndexOf(s_kinds, kind);
        if (index < 0)
        {
            file.Report(node, $"'kind' is '{kind}', expected one of: {string.Join(", ", s_kinds)}{Nearest.Remark(kind, s_kinds)}");
            index = 0;
        }

        string? source = map.OptionalText("source");
        string? place = map.OptionalText("place");
        string? note = map.OptionalText("note");
        map.Finish();
        bool inferred = (BasisKind)index == BasisKind.Inferred;
        if (inferred ? note is null : source is null || place is null)
        {
            file.Report(node, inferred
                ? "an inference says from what in 'note'"
                : $"what is {kind} names its 'source' and the 'place' there (for a daemon: the day)");
        }

        return new ScenarioBasis(dialect, new Basis((BasisKind)index, source ?? OwnSource, place, note));
    }
}
