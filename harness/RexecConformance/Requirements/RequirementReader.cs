using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Requirements;

/// <summary>Reads scenarios/requirements.yaml, strictly.</summary>
public static class RequirementReader
{
    private static readonly string[] s_levels = ["must", "should", "may", "info"];

    /// <summary>All requirements of a file; mistakes are reported to the source.</summary>
    public static IReadOnlyList<Requirement> Read(SourceFile source)
    {
        var all = new List<Requirement>();
        if (source.RootMapping("the requirements file") is not { } map)
        {
            return all;
        }

        map.RequireFormatOne();
        if (map.Require("requirements") is { } node && source.Mapping(node, "requirements") is { } list)
        {
            foreach (string id in list.Left.ToList())
            {
                _ = list.TryTake(id, out YamlNode? value);
                if (source.Mapping(value!, id) is { } entry)
                {
                    all.Add(ReadOne(id, entry));
                }
            }
        }

        map.Finish();
        return all;
    }

    private static Requirement ReadOne(string id, MappingReader entry)
    {
        string level = entry.RequireText("level");
        if (level.Length > 0 && !s_levels.Contains(level))
        {
            entry.Source.Report(entry.Node, $"level is '{level}', expected one of: {string.Join(", ", s_levels)}");
        }

        (string? notTested, Dictionary<string, string> notTestedFor) = Covered(entry);
        var requirement = new Requirement(
            id,
            entry.RequireText("says"),
            level,
            entry.Texts("systems"),
            Sources(entry),
            notTested,
            entry.Source.Path,
            entry.Node.Start.Line)
        {
            NotTestedFor = notTestedFor,
        };
        entry.Finish();
        return requirement;
    }

    private static IReadOnlyList<RequirementSource> Sources(MappingReader entry)
    {
        var sources = new List<RequirementSource>();
        if (entry.Require("sources") is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            entry.Source.Report(entry.Node, "'sources' expects a list of { document, lines or section, quote }");
            return sources;
        }

        foreach (YamlNode child in list.Children)
        {
            if (entry.Source.Mapping(child, "a source") is { } source)
            {
                string document = source.RequireText("document");
                IReadOnlyList<string> lines = source.Texts("lines");
                string? section = source.OptionalText("section");
                if (lines.Count == 0 == section is null)
                {
                    entry.Source.Report(child, "a source has either 'lines' or 'section'");
                }

                string place = section is null ? "line " + string.Join("-", lines.Distinct()) : "section " + section;
                sources.Add(new RequirementSource(document, place, source.RequireText("quote")));
                source.Finish();
            }
        }

        return sources;
    }

    private static (string? NotTested, Dictionary<string, string> NotTestedFor) Covered(MappingReader entry)
    {
        var systems = new Dictionary<string, string>();
        if (entry.Require("covered") is not { } node || node is YamlScalarNode { Value: "scenarios" }
            || entry.Source.Mapping(node, "covered") is not { } covered)
        {
            return (null, systems);
        }

        if (!covered.TryTake("not-tested-for", out YamlNode? list))
        {
            string reason = covered.RequireText("not-tested");
            covered.Finish();
            if (reason.Length == 0)
            {
                entry.Source.Report(node, "'not-tested' needs a reason");
            }

            return (reason, systems);
        }

        covered.Finish();
        if (entry.Source.Mapping(list, "not-tested-for") is { } reasons)
        {
            foreach (string system in reasons.Left.ToList())
            {
                systems[system] = reasons.RequireText(system);
            }
        }

        return (null, systems);
    }
}
