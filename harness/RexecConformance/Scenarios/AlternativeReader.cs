using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>Reads <c>expect</c>.</summary>
internal static class AlternativeReader
{
    /// <summary>In place of the list: nobody has decided yet what must come back.</summary>
    public const string Undecided = "undecided";

    public static bool IsUndecided(MappingReader map) =>
        map.Node.Children.TryGetValue(new YamlScalarNode("expect"), out YamlNode? node) && node is YamlScalarNode { Value: Undecided };

    public static IReadOnlyList<Alternative> Read(MappingReader map)
    {
        if (map.Require("expect") is not { } node || node is YamlScalarNode { Value: Undecided })
        {
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            map.Source.Report(node, $"'expect' is {SourceFile.Kind(node)}, expected a list of alternatives, or {Undecided}");
            return [];
        }

        return [.. list.Children.Select(child => ReadOne(map.Source, child)).OfType<Alternative>()];
    }

    private static Alternative? ReadOne(SourceFile source, YamlNode node)
    {
        if (source.Mapping(node, "an alternative") is not { } map)
        {
            return null;
        }

        var alternative = new Alternative
        {
            When = ReadWhen(map),
            Accepted = ReadAccepted(map),
            Refused = ReadRefused(map),
            Primary = ReadStream(map, "primary"),
            Aux = ReadStream(map, "aux"),
        };
        map.Finish();
        if (alternative.Accepted is not null && alternative.Refused is not null)
        {
            source.Report(node, "an alternative is either 'accepted' or 'refused'");
        }

        if (alternative is { Accepted: null, Refused: null, Primary: null })
        {
            source.Report(node, "an alternative needs 'accepted', 'refused' or 'primary'");
        }

        return alternative;
    }

    private static IReadOnlyList<Condition> ReadWhen(MappingReader map)
    {
        if (!map.TryTake("when", out YamlNode? node) || map.Source.Mapping(node, "when") is not { } when)
        {
            return [];
        }

        var conditions = new List<Condition>();
        foreach (string property in when.Left.ToList())
        {
            _ = when.TryTake(property, out YamlNode? value);
            if (ReadCondition(when, property, value!) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    private static Condition? ReadCondition(MappingReader when, string property, YamlNode value)
    {
        if (property == Condition.DialectName)
        {
            return new Condition(property, "=", value is YamlSequenceNode names ? [.. names.Children.Select(name => when.Text(name, property))] : [when.Text(value, property)]);
        }

        if (!PropertyCatalogue.Names.Contains(property))
        {
            when.Source.Report(value, $"there is no property '{property}', expected one of: {string.Join(", ", PropertyCatalogue.Names)}{Nearest.Remark(property, PropertyCatalogue.Names)}");
            return null;
        }

        if (value is YamlSequenceNode list)
        {
            string[] values = [.. list.Children.Select(child => when.Text(child, property))];
            return Checked(when, value, new Condition(property, "=", values));
        }

        string text = when.Text(value, property);
        string? comparison = new[] { "<=", ">=", "<", ">" }.FirstOrDefault(sign => text.StartsWith(sign, StringComparison.Ordinal));
        return Checked(when, value, comparison is null
            ? new Condition(property, "=", [text])
            : new Condition(property, comparison, [text[comparison.Length..].Trim()]));
    }

    private static Condition? Checked(MappingReader when, YamlNode at, Condition condition)
    {
        foreach (string value in condition.Values)
        {
            // A comparison may also be made with a number where a dialect says "unlimited".
            if (PropertyCatalogue.Fault(condition.Property, value) is { } fault)
            {
                when.Source.Report(at, fault);
                return null;
            }
        }

        return condition;
    }

    private static Accepted? ReadAccepted(MappingReader map)
    {
        if (!map.TryTake("accepted", out YamlNode? node) || map.Source.Mapping(node, "accepted") is not { } accepted)
        {
            return null;
        }

        var result = new Accepted(Bytes(accepted, "stdout") ?? ByteTemplate.Empty, Bytes(accepted, "stderr") ?? ByteTemplate.Empty);
        accepted.Finish();
        return result;
    }

    private static string? ReadRefused(MappingReader map)
    {
        if (!map.TryTake("refused", out YamlNode? node))
        {
            return null;
        }

        string cause = map.Text(node, "refused");
        if (!PropertyCatalogue.Causes.Contains(cause))
        {
            map.Source.Report(node, $"'refused' is '{cause}', expected one of: {string.Join(", ", PropertyCatalogue.Causes)}{Nearest.Remark(cause, PropertyCatalogue.Causes)}");
        }

        return cause;
    }

    private static StreamRule? ReadStream(MappingReader map, string stream)
    {
        if (!map.TryTake(stream, out YamlNode? node) || map.Source.Mapping(node, stream) is not { } rule)
        {
            return null;
        }

        var result = new StreamRule
        {
            Bytes = Bytes(rule, "bytes"),
            Beginning = Bytes(rule, "beginning"),
            Endless = Bytes(rule, "endless"),
            End = rule.TryTake("end", out YamlNode? end) ? ScenarioReader.Choice<EndRule>(rule, end, "end") : null,
            OpenFor = rule.OptionalDuration("open-for"),
            NotBefore = rule.OptionalDuration("not-before"),
            Within = rule.OptionalDuration("within"),
            Connected = rule.TryTake("connected", out YamlNode? connected) ? rule.Text(connected, "connected") == "true" : null,
            Connection = ReadConnection(rule, stream),
            Check = rule.Flag("check", otherwise: true),
        };
        rule.Finish();
        if (new[] { result.Bytes, result.Beginning, result.Endless }.Count(bytes => bytes is not null) > 1)
        {
            map.Source.Report(node, "'bytes' are all bytes, 'beginning' is the first of them, 'endless' is sent over and over: expected one of the three");
        }

        if (result is { Endless: not null, End: not null })
        {
            map.Source.Report(node, "'endless' says that the server does not end the stream: leave out 'end'");
        }

        if (result.End == EndRule.Open != result.OpenFor is not null)
        {
            map.Source.Report(node, "'end: open' and 'open-for' go together");
        }

        return result;
    }

    private static ConnectionRule? ReadConnection(MappingReader rule, string stream)
    {
        if (!rule.TryTake("connection", out YamlNode? node))
        {
            return null;
        }

        string text = rule.Text(node, "connection");
        if (stream != "primary" || text is not ("refused" or "turned-away"))
        {
            rule.Source.Report(node, $"'connection' is '{text}', expected refused or turned-away, on the primary");
        }

        return text == "refused" ? ConnectionRule.Refused : ConnectionRule.TurnedAway;
    }

    private static ByteTemplate? Bytes(MappingReader map, string key) =>
        map.TryTake(key, out YamlNode? node) ? ByteTemplateReader.Read(map.Source, node, inExpectation: true) : null;
}
