using System.Globalization;
using System.Text.RegularExpressions;
using RexecConformance.Dialects;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Bytes;

/// <summary>Reads BYTES of the data files: text with places, hex, repeat, count, and lists of these.</summary>
public static partial class ByteTemplateReader
{
    /// <summary>A repeat may make at most this many bytes: enough for 2 MiB commands and megabytes of input.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private static readonly string[] s_attributes = ["name", "password", "home", "shell", "uid"];

    /// <summary>Reads a node; a mistake becomes a problem and an empty byte string.</summary>
    public static ByteTemplate Read(SourceFile source, YamlNode node, bool inExpectation) => node switch
    {
        YamlScalarNode scalar => ReadText(source, scalar, inExpectation),
        YamlSequenceNode list => list.Children.Aggregate(
            ByteTemplate.Empty, (sum, child) => sum.Then(Read(source, child, inExpectation))),
        YamlMappingNode mapping => ReadMapping(new MappingReader(source, mapping, "a byte string"), inExpectation),
        _ => ByteTemplate.Empty,
    };

    private static ByteTemplate ReadMapping(MappingReader map, bool inExpectation)
    {
        ByteTemplate result = ByteTemplate.Empty;
        if (map.TryTake("hex", out YamlNode? hex))
        {
            if (ByteText.TryParseHex(map.Text(hex, "hex"), out byte[] bytes))
            {
                result = Literal(bytes);
            }
            else
            {
                map.Source.Report(hex, "'hex' expects pairs of hexadecimal digits such as \"00 1e\"");
            }
        }
        else if (map.TryTake("repeat", out YamlNode? repeat))
        {
            ByteTemplate unit = Read(map.Source, repeat, inExpectation);
            if (TryReadLimit(map, unit) is { } toLimit)
            {
                map.Finish();
                return toLimit;
            }

            int times = map.RequireNumber("times");
            long length = unit.Parts.Sum(part => part is LiteralPart literal ? literal.Bytes.Length : 1);
            if (times < 0 || times * Math.Max(1, length) > MaxBytes)
            {
                map.Source.Report(map.Node, $"'times' is {times}, expected 0 or more and at most {MaxBytes} bytes in all");
            }
            else if (unit.Parts is [LiteralPart one])
            {
                byte[] all = new byte[one.Bytes.Length * times];
                for (int i = 0; i < times; i++)
                {
                    one.Bytes.CopyTo(all, i * one.Bytes.Length);
                }

                result = Literal(all);
            }
            else
            {
                result = new ByteTemplate([.. Enumerable.Repeat(unit.Parts, times).SelectMany(parts => parts)]);
            }
        }
        else if (map.TryTake("count", out YamlNode? count))
        {
            result = ReadCount(map, count);
        }
        else
        {
            map.Source.Report(map.Node, "a byte string as a mapping needs 'hex', 'repeat' with 'times', or 'count'");
        }

        map.Finish();
        return result;
    }

    /// <summary><c>times: argument-list</c>, <c>argument-list+1</c>, <c>argument-list-14</c>; null if it is a plain number.</summary>
    private static ByteTemplate? TryReadLimit(MappingReader map, ByteTemplate unit)
    {
        const string Limit = "argument-list";
        if (map.Node.Children.TryGetValue(new YamlScalarNode("times"), out YamlNode? node)
            && node is YamlScalarNode { Value: { } text } && text.StartsWith(Limit, StringComparison.Ordinal))
        {
            _ = map.TryTake("times", out _);
            string plus = text[Limit.Length..];
            int number = 0;
            if (unit.Parts is [LiteralPart one] && (plus == "" || int.TryParse(plus, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)))
            {
                return new ByteTemplate([new RepeatToLimitPart(one.Bytes, number)]);
            }

            map.Source.Report(node, $"'times' is '{text}', expected argument-list, argument-list+N or argument-list-N, and plain bytes to repeat");
            return ByteTemplate.Empty;
        }

        return null;
    }

    private static ByteTemplate ReadCount(MappingReader map, YamlNode node)
    {
        if (node is YamlSequenceNode { Children: [YamlScalarNode first, YamlScalarNode last] }
            && int.TryParse(first.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(last.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int to)
            && from <= to && to <= 1_000_000)
        {
            return Literal(ByteText.Latin1.GetBytes(
                string.Concat(Enumerable.Range(from, to - from + 1).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n"))));
        }

        map.Source.Report(node, "'count' expects two whole numbers, [FIRST, LAST], of at most 1000000");
        return ByteTemplate.Empty;
    }

    private static ByteTemplate ReadText(SourceFile source, YamlScalarNode scalar, bool inExpectation)
    {
        string text = scalar.Value ?? "";
        var parts = new List<BytePart>();
        int at = 0;
        foreach (Match place in Place().Matches(text))
        {
            AddLiteral(source, scalar, parts, text[at..place.Index]);
            at = place.Index + place.Length;
            if (ReadPlace(place, inExpectation) is { } part)
            {
                parts.Add(part);
            }
            else
            {
                source.Report(
                    scalar,
                    $"'{place.Value}' stands for nothing, expected $$, ${{aux.port}}, ${{aux.port+N}} (N of at most {AuxPortPart.MostDigits} digits), ${{ACCOUNT.{string.Join('|', s_attributes)}}}"
                    + (!inExpectation ? "" : " or ${diagnostic.NAME}" + (place.Groups["owner"].Value == "diagnostic"
                        ? $", NAME one of: {string.Join(", ", PropertyCatalogue.Causes)}{Nearest.Remark(place.Groups["attribute"].Value, PropertyCatalogue.Causes)}"
                        : "")));
            }
        }

        AddLiteral(source, scalar, parts, text[at..]);
        return new ByteTemplate(parts);
    }

    private static BytePart? ReadPlace(Match place, bool inExpectation)
    {
        string owner = place.Groups["owner"].Value;
        string attribute = place.Groups["attribute"].Value;
        string plus = place.Groups["plus"].Value;
        return owner switch
        {
            _ when place.Value == "$$" => new LiteralPart("$"u8.ToArray()),
            "aux" when attribute == "port" =>
                plus == "" ? new AuxPortPart(0)
                : plus.Length <= AuxPortPart.MostDigits ? new AuxPortPart(long.Parse(plus, NumberStyles.None, CultureInfo.InvariantCulture))
                : null,
            "diagnostic" => inExpectation && plus == "" && PropertyCatalogue.Causes.Contains(attribute) ? new DiagnosticPart(attribute) : null,
            "" => null,
            _ => plus == "" && s_attributes.Contains(attribute) ? new AccountPart(owner, attribute) : null,
        };
    }

    private static void AddLiteral(SourceFile source, YamlScalarNode scalar, List<BytePart> parts, string text)
    {
        if (text.FirstOrDefault(c => c > 0xff) is var wide && wide != 0)
        {
            source.Report(scalar, $"the character U+{(int)wide:X4} is more than one byte, expected hex for it");
        }
        else if (text.Length > 0)
        {
            parts.Add(new LiteralPart(ByteText.Latin1.GetBytes(text)));
        }
    }

    private static ByteTemplate Literal(byte[] bytes) => bytes.Length == 0 ? ByteTemplate.Empty : new([new LiteralPart(bytes)]);

    [GeneratedRegex(@"\$\$|\$\{(?<owner>[a-z0-9]+)\.(?<attribute>[a-z0-9-]+)(\+(?<plus>[0-9]+))?\}|\$\{[^}]*\}?")]
    private static partial Regex Place();
}
