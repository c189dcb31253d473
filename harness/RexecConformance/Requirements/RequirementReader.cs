using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Requirements;

/// <summary>Reads scenarios/requirements.yaml, strictly.</summary>
public static class RequirementReader
{
    private static readonly string[] s_levels = ["must", "should", "may", "info"];

    /// <summary>All of a file; mistakes are reported to the source.</summary>
    public static RequirementFile Read(SourceFile source)
    {
        var all = new List<Requirement>();
        if (source.RootMapping("the requirements file") is not { } map)
        {
            return new RequirementFile(source.Path, all, new Dictionary<string, string>(), []);
        }

        map.RequireFormatOne();
        Dictionary<string, string> documents = Documents(map);
        IReadOnlyList<string> others = map.Texts("systems-without-dialect");
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
        return new RequirementFile(source.Path, all, documents, others);
    }

    private static Dictionary<string, string> Documents(MappingReader map)
    {
        var documents = new Dictionary<string, string>();
        if (map.Require("documents") is { } node && map.Source.Mapping(node, "documents") is { } list)
        {
            foreach (string name in list.Left.ToList())
            {
                _ = list.TryTake(name, out YamlNode? value);
                if (map.Source.Mapping(value!, name) is { } document)
                {
                    _ = document.RequireText("title");
                    documents[name] = document.RequireText("file");
                    document.Finish();
                }
            }
        }

        return documents;
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
                int[] numbers = [.. lines.Select(text => int.TryParse(text, out int line) ? line : 0)];
                if (numbers.Length == 0 == section is null)
                {
                    entry.Source.Report(child, "a source has either 'lines' or 'section'");
                }
                else if (section is null && !(numbers is [> 0, var last] && numbers[0] <= last))
                {
                    entry.Source.Report(child, $"'lines' is [{string.Join(", ", lines)}], expected [FIRST, LAST]");
                    numbers = [];
                }

                string quote = source.RequireText("quote");
                if (quote.Trim().Length == 0)
                {
                    entry.Source.Report(child, "'quote' is empty, expected some words of the document");
                }

                sources.Add(new RequirementSource(document, numbers.FirstOrDefault(), numbers.LastOrDefault(), section, quote, child.Start.Line));
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
