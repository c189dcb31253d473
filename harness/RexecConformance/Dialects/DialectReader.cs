using System.Text.RegularExpressions;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Dialects;

/// <summary>Reads one dialect file, strictly.</summary>
public static class DialectReader
{
    /// <summary>The dialect, or null if the file has none; mistakes are reported to the source.</summary>
    public static Dialect? Read(SourceFile source)
    {
        if (source.RootMapping("a dialect") is not { } map)
        {
            return null;
        }

        map.RequireFormatOne();
        string name = map.RequireText("dialect");
        if (name.Length > 0 && name != Path.GetFileNameWithoutExtension(source.Path))
        {
            source.Report(map.Node, $"dialect is '{name}', but the file is named {Path.GetFileName(source.Path)}");
        }

        Dictionary<string, string> sources = Sources(map);
        var dialect = new Dialect
        {
            Name = name,
            Title = map.RequireText("title"),
            Properties = Properties(map, sources),
            Diagnostics = Diagnostics(map, sources),
            File = source.Path,
        };
        map.Finish();
        return dialect;
    }

    private static Dictionary<string, string> Sources(MappingReader map)
    {
        var sources = new Dictionary<string, string>();
        if (map.TryTake("sources", out YamlNode? node) && map.Source.Mapping(node, "sources") is { } list)
        {
            foreach (string key in list.Left.ToList())
            {
                sources[key] = list.RequireText(key);
            }
        }

        return sources;
    }

    private static Dictionary<string, DialectProperty> Properties(MappingReader map, Dictionary<string, string> sources)
    {
        var properties = new Dictionary<string, DialectProperty>();
        if (map.Require("properties") is not { } node || map.Source.Mapping(node, "properties") is not { } list)
        {
            return properties;
        }

        foreach (string name in list.Left.ToList())
        {
            _ = list.TryTake(name, out YamlNode? value);
            if (map.Source.Mapping(value!, name) is not { } entry)
            {
                continue;
            }

            string text = entry.RequireText("value");
            Basis basis = ReadBasis(entry, sources);
            entry.Finish();
            if (PropertyCatalogue.Fault(name, text) is { } fault)
            {
                map.Source.Report(value, fault);
            }
            else
            {
                properties[name] = new DialectProperty(name, text, basis);
            }
        }

        return properties;
    }

    private static Dictionary<string, Diagnostic> Diagnostics(MappingReader map, Dictionary<string, string> sources)
    {
        var diagnostics = new Dictionary<string, Diagnostic>();
        if (!map.TryTake("diagnostics", out YamlNode? node) || map.Source.Mapping(node, "diagnostics") is not { } list)
        {
            return diagnostics;
        }

        foreach (string name in list.Left.ToList())
        {
            _ = list.TryTake(name, out YamlNode? value);
            if (!PropertyCatalogue.Causes.Contains(name))
            {
                map.Source.Report(value, $"there is no cause '{name}', expected one of: {string.Join(", ", PropertyCatalogue.Causes)}{Nearest.Remark(name, PropertyCatalogue.Causes)}");
            }
            else if (map.Source.Mapping(value!, name) is { } entry)
            {
                diagnostics[name] = ReadDiagnostic(name, entry, sources);
            }
        }

        return diagnostics;
    }

    private static Diagnostic ReadDiagnostic(string name, MappingReader entry, Dictionary<string, string> sources)
    {
        DiagnosticForm form = DiagnosticForm.Silent;
        ByteTemplate content = ByteTemplate.Empty;
        string? pattern = null;
        int forms = 0;
        if (entry.TryTake("text", out YamlNode? text))
        {
            (form, content, forms) = (DiagnosticForm.Text, ByteTemplateReader.Read(entry.Source, text, inExpectation: false), forms + 1);
        }

        if (entry.TryTake("bytes", out YamlNode? bytes))
        {
            (form, content, forms) = (DiagnosticForm.Bytes, ByteTemplateReader.Read(entry.Source, bytes, inExpectation: false), forms + 1);
        }

        if (entry.TryTake("pattern", out YamlNode? expression))
        {
            (form, pattern, forms) = (DiagnosticForm.Pattern, entry.Text(expression, "pattern"), forms + 1);
            CheckPattern(entry, expression, pattern);
        }

        if (entry.Flag("silent", otherwise: false))
        {
            (form, forms) = (DiagnosticForm.Silent, forms + 1);
        }

        if (entry.Flag("any", otherwise: false))
        {
            (form, forms) = (DiagnosticForm.Any, forms + 1);
        }

        if (forms != 1)
        {
            entry.Source.Report(entry.Node, $"the diagnostic {name} has {forms} forms, expected one of: text, bytes, silent, any, pattern");
        }

        string? flag = entry.OptionalText("flag");
        if (flag is not null && (flag != "none" || form != DiagnosticForm.Pattern))
        {
            entry.Source.Report(entry.Node, "'flag' expects none, and goes with 'pattern' only");
        }

        var diagnostic = new Diagnostic
        {
            Name = name,
            Form = form,
            Content = content,
            Pattern = pattern,
            Flag = flag is null,
            NotBefore = entry.OptionalDuration("not-before"),
            Within = entry.OptionalDuration("within"),
            Basis = ReadBasis(entry, sources),
        };
        entry.Finish();
        return diagnostic;
    }

    private static void CheckPattern(MappingReader entry, YamlNode at, string pattern)
    {
        if (pattern.StartsWith('^') || pattern.EndsWith('$'))
        {
            entry.Source.Report(at, "'pattern' matches the whole text always: leave out ^ and $");
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            entry.Source.Report(at, $"'pattern' is no regular expression: {e.Message}");
        }
    }

    private static Basis ReadBasis(MappingReader entry, Dictionary<string, string> sources)
    {
        BasisKind kind = ScenarioReader.Choice<BasisKind>(entry, entry.Require("basis"), "basis") ?? BasisKind.Inferred;
        string source = entry.RequireText("source");
        string? place = entry.OptionalText("place");
        string? note = entry.OptionalText("note");
        if (source.Length > 0 && !sources.TryGetValue(source, out _))
        {
            entry.Source.Report(entry.Node, $"source is '{source}', expected one of the file's 'sources': {string.Join(", ", sources.Keys)}{Nearest.Remark(source, sources.Keys)}");
        }

        if (kind == BasisKind.Inferred && note is null)
        {
            entry.Source.Report(entry.Node, "an inferred statement needs a 'note' that says from what");
        }

        return new Basis(kind, sources.GetValueOrDefault(source, source), place, note);
    }
}
