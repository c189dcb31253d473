using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RexecConformance.Bytes;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Reads what <see cref="TemplateText"/> writes.</summary>
internal static partial class TemplateReader
{
    private const string Expected = "expected a text, utf8, hex, repeat with times, operation, or a list of these";

    /// <summary>Reads a byte string, and puts a field's NUL behind it.</summary>
    public static ByteTemplate Read(JsonElement element, bool withNul)
    {
        var parts = new List<BytePart>();
        Add(parts, element);
        if (withNul)
        {
            parts.Add(new LiteralPart([0]));
        }

        var template = new ByteTemplate(parts);
        return new ByteTemplate(TemplateText.Joined(template));
    }

    private static void Add(List<BytePart> parts, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                AddText(parts, element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Add(parts, item);
                }

                break;
            case JsonValueKind.Object when element.EnumerateObject().Count() is 1 or 2:
                parts.Add(ReadObject(element));
                break;
            default:
                throw new FormatException($"a byte string is {element.ValueKind.ToString().ToLowerInvariant()}, {Expected}");
        }
    }

    private static BytePart ReadObject(JsonElement element)
    {
        JsonProperty first = element.EnumerateObject().First();
        int count = element.EnumerateObject().Count();
        switch (first.Name)
        {
            case "hex" when count == 1:
                return ByteText.TryParseHex(CaseReader.Text(first), out byte[] bytes)
                    ? new LiteralPart(bytes)
                    : throw new FormatException("'hex' expects pairs of hexadecimal digits");
            case "utf8" when count == 1:
                return new LiteralPart(Encoding.UTF8.GetBytes(CaseReader.Text(first)));
            case "operation" when count == 1:
                return new OperationPart(CaseReader.Text(first));
            case "repeat" when element.TryGetProperty("times", out JsonElement times):
                if (Read(first.Value, withNul: false).Parts is not [LiteralPart { Bytes: { Length: > 0 } unit }])
                {
                    throw new FormatException("'repeat' expects plain bytes, at least one");
                }

                return times.ValueKind == JsonValueKind.String ? new RepeatToLimitPart(unit, PlusOf(times.GetString()!)) : Repeated(unit, times);
            default:
                throw new FormatException($"a byte string has the key '{first.Name}', {Expected}");
        }
    }

    private static LiteralPart Repeated(byte[] unit, JsonElement times)
    {
        if (times.ValueKind != JsonValueKind.Number || !times.TryGetInt32(out int count) || count < 0 || (long)count * unit.Length > ByteTemplateReader.MaxBytes)
        {
            throw new FormatException($"'times' is {times.GetRawText()}, expected 0 or more and at most {ByteTemplateReader.MaxBytes} bytes in all");
        }

        byte[] all = new byte[unit.Length * count];
        for (int i = 0; i < all.Length; i += unit.Length)
        {
            unit.CopyTo(all, i);
        }

        return new LiteralPart(all);
    }

    private static int PlusOf(string text)
    {
        const string Limit = "argument-list";
        int plus = 0;
        return text == Limit || (text.StartsWith(Limit, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Limit.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out plus))
            ? plus
            : throw new FormatException($"'times' is '{text}', expected a number, argument-list, argument-list+N or argument-list-N");
    }

    private static void AddText(List<BytePart> parts, string text)
    {
        int at = 0;
        foreach (Match place in Place().Matches(text))
        {
            AddLiteral(parts, text[at..place.Index]);
            at = place.Index + place.Length;
            parts.Add(ReadPlace(place));
        }

        AddLiteral(parts, text[at..]);
    }

    private static BytePart ReadPlace(Match place)
    {
        string owner = place.Groups["owner"].Value;
        string attribute = place.Groups["attribute"].Value;
        string plus = place.Groups["plus"].Value;
        return owner switch
        {
            _ when place.Value == "$$" => new LiteralPart("$"u8.ToArray()),
            "aux" when attribute == "port" && plus.Length <= AuxPortPart.MostDigits =>
                new AuxPortPart(plus == "" ? 0 : long.Parse(plus, NumberStyles.None, CultureInfo.InvariantCulture)),
            "" => throw Strange(place),
            _ => plus == "" ? new AccountPart(owner, attribute) : throw Strange(place),
        };
    }

    private static FormatException Strange(Match place) =>
        new($"'{place.Value}' stands for nothing, expected $$, ${{aux.port}}, ${{aux.port+N}} (N of at most {AuxPortPart.MostDigits} digits) or ${{ACCOUNT.ATTRIBUTE}}");

    private static void AddLiteral(List<BytePart> parts, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        int wide = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00ff');
        parts.Add(wide < 0
            ? new LiteralPart(ByteText.Latin1.GetBytes(text))
            : throw new FormatException($"the character U+{(int)text[wide]:X4} is more than one byte, expected utf8 or hex for it"));
    }

    [GeneratedRegex(@"\$\$|\$\{(?<owner>[A-Za-z0-9_-]+)\.(?<attribute>[a-z0-9-]+)(\+(?<plus>[0-9]+))?\}|\$", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
