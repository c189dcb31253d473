using System.Globalization;
using System.Text.RegularExpressions;
using RexecConformance.Bytes;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Targets;

/// <summary>Reads <c>deviations.yaml</c> (docs/deviations.md).</summary>
public static class DeviationFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "deviations.yaml";

    /// <summary>Reads a file; all its problems come back at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Is given every mistake.</param>
    /// <param name="variants">All variants of the suite, so that an entry of none is a mistake; null checks nothing.</param>
    public static IReadOnlyList<Deviation> Read(string path, List<Problem> problems, IReadOnlyCollection<Variant>? variants = null)
    {
        SourceFile source = SourceFile.Read(path, problems);
        if (source.RootMapping("a list of deviations") is not { } map)
        {
            return [];
        }

        map.RequireFormatOne();
        var deviations = new List<Deviation>();
        if (map.Require("deviations") is { } node)
        {
            if (node is YamlSequenceNode list)
            {
                deviations.AddRange(list.Children.Select(child => One(source, child, variants)).OfType<Deviation>());
            }
            else
            {
                source.Report(node, "'deviations' expects a list");
            }
        }

        map.Finish();
        return deviations;
    }

    private static Deviation? One(SourceFile source, YamlNode node, IReadOnlyCollection<Variant>? variants)
    {
        if (source.Mapping(node, "a deviation") is not { } map)
        {
            return null;
        }

        YamlNode? name = map.Require("scenario");
        string scenario = name is null ? "" : map.Text(name, "scenario");
        YamlNode? why = map.Require("reason");
        string reason = why is null ? "" : map.Text(why, "reason");
        if (why is not null && string.IsNullOrWhiteSpace(reason))
        {
            source.Report(why, $"the deviation of '{scenario}' has an empty reason: find out why the server does so, and say it");
        }

        var deviation = new Deviation(scenario, reason)
        {
            Observed = map.Require("observed") is { } observed ? Observed(source, observed) : null,
            Link = map.OptionalText("link"),
            Since = map.RequireText("since"),
            ReviewBy = Date(map),
        };
        map.Finish();
        if (name is not null && variants is not null && !variants.Any(deviation.Covers))
        {
            source.Report(name, $"the deviation '{scenario}' is of no scenario");
        }

        return deviation;
    }

    private static DateOnly? Date(MappingReader map)
    {
        if (map.Require("review-by") is not { } node)
        {
            return null;
        }

        string text = map.Text(node, "review-by");
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return date;
        }

        map.Source.Report(node, $"review-by is '{text}', expected a day such as 2027-01-31");
        return null;
    }

    private static ObservedExchange? Observed(SourceFile source, YamlNode node)
    {
        if (source.Mapping(node, "observed") is not { } map)
        {
            return null;
        }

        ObservedStream? primary = map.TryTake("primary", out YamlNode? first) ? Stream(source, first) : null;
        ObservedStream? aux = map.TryTake("aux", out YamlNode? second) ? Stream(source, second) : null;
        map.Finish();
        if (first is null && second is null)
        {
            source.Report(node, "'observed' says nothing, expected 'primary', 'aux' or both");
        }

        return new ObservedExchange(primary, aux);
    }

    private static ObservedStream? Stream(SourceFile source, YamlNode node)
    {
        if (source.Mapping(node, "a stream") is not { } map)
        {
            return null;
        }

        bool connected = map.Flag("connected", otherwise: true);
        ExpectedContent? content = null;
        if (map.TryTake("bytes", out YamlNode? bytes))
        {
            string text = map.Text(bytes, "bytes");
            if (text.Any(c => c > 0xff))
            {
                source.Report(bytes, "a character of 'bytes' is no byte, expected escapes such as \\x01");
            }

            content = ExpectedContent.Of(ByteText.Latin1.GetBytes(text));
        }

        if (map.TryTake("pattern", out YamlNode? pattern))
        {
            if (content is not null)
            {
                source.Report(pattern, "a stream has either 'bytes' or 'pattern'");
            }

            content = Pattern(source, pattern, map.Text(pattern, "pattern"));
        }

        EndRule? end = null;
        if (map.TryTake("end", out YamlNode? ending))
        {
            string text = map.Text(ending, "end");
            end = text switch { "fin" => EndRule.Fin, "rst" => EndRule.Rst, "closed" => EndRule.Closed, "open" => EndRule.Open, _ => null };
            if (end is null)
            {
                source.Report(ending, $"end is '{text}', expected one of: fin, rst, closed, open");
            }
        }

        map.Finish();
        return new ObservedStream(connected, content, end);
    }

    private static ExpectedContent? Pattern(SourceFile source, YamlNode node, string text)
    {
        try
        {
            _ = new Regex(text);
            return ExpectedContent.Matching(text);
        }
        catch (ArgumentException e)
        {
            source.Report(node, $"pattern is no regular expression: {e.Message}");
            return null;
        }
    }
}
