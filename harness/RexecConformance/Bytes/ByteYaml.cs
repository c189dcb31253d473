using System.Globalization;
using System.Text;

namespace RexecConformance.Bytes;

/// <summary>Byte strings as YAML that reads back to the same bytes. Everything but printable ASCII is escaped.</summary>
public static class ByteYaml
{
    // A line of output that people still read at a glance; longer ones are cut and joined again by the reader.
    private const int LineLength = 96;

    private const int DeepestBrackets = 4;

    // In YAML 1.1 or 1.2, lower case.
    private static readonly string[] s_noTexts = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    /// <summary>A byte string of a scenario: a quoted text with places, or a list of them, one a line.</summary>
    /// <param name="template">Literals, accounts and the aux port; nothing else is ever imported.</param>
    /// <param name="indent">How far the lines of a list are indented.</param>
    public static string Write(ByteTemplate template, int indent) => Lines(template.Parts.SelectMany(Texts), indent);

    /// <summary>Bytes in a file that knows no places: a dollar sign is one.</summary>
    /// <param name="bytes">Any.</param>
    /// <param name="indent">How far the lines of a list are indented.</param>
    public static string WritePlain(byte[] bytes, int indent) => Lines(Cut(bytes).Select(line => Escape(line, "$")), indent);

    /// <summary>A text for people as a quoted scalar.</summary>
    public static string Quote(string text) => $"\"{Escape(Encoding.UTF8.GetBytes(text), "$", unicode: text)}\"";

    /// <summary>A name as a scalar, quoted only where a reader may take it for something else than a text: a number, <c>null</c>, <c>no</c>.</summary>
    public static string Word(string name) =>
        name is [>= 'a' and <= 'z', ..] && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !s_noTexts.Contains(name) ? name : Quote(name);

    private static string Lines(IEnumerable<string> texts, int indent)
    {
        var lines = new List<StringBuilder> { new() };
        foreach (string text in texts)
        {
            if (lines[^1].Length > 0 && (lines[^1].Length + text.Length > LineLength || lines[^1].ToString().EndsWith("\\n", StringComparison.Ordinal)))
            {
                lines.Add(new StringBuilder());
            }

            _ = lines[^1].Append(text);
        }

        return lines.Count == 1
            ? $"\"{lines[0]}\""
            : string.Concat(lines.Select(line => $"\n{new string(' ', indent)}- \"{line}\""));
    }

    private static IEnumerable<string> Texts(BytePart part) => part switch
    {
        LiteralPart literal => Cut(literal.Bytes).Select(line => Escape(line, "$$")),
        AccountPart account => [$"${{{account.Account}.{account.Attribute}}}"],
        AuxPortPart port => [port.Plus == 0 ? "${aux.port}" : $"${{aux.port+{port.Plus.ToString(CultureInfo.InvariantCulture)}}}"],
        DiagnosticPart diagnostic => [$"${{diagnostic.{diagnostic.Name}}}"],
        _ => throw new ArgumentException($"{part.GetType().Name} is not written", nameof(part)),
    };

    // At newlines, if there is more than a line's worth.
    private static IEnumerable<byte[]> Cut(byte[] bytes)
    {
        if (bytes.Length <= LineLength)
        {
            return [bytes];
        }

        var lines = new List<byte[]>();
        for (int from = 0; from < bytes.Length;)
        {
            int newline = bytes.AsSpan(from, Math.Min(LineLength, bytes.Length - from)).IndexOf((byte)'\n');
            int length = newline >= 0 ? newline + 1 : Math.Min(LineLength, bytes.Length - from);
            lines.Add(bytes[from..(from + length)]);
            from += length;
        }

        return lines;
    }

    private static string Escape(byte[] bytes, string dollar, string? unicode = null)
    {
        bool brackets = Balanced(bytes);
        var text = new StringBuilder();
        foreach (char c in unicode ?? ByteText.Latin1.GetString(bytes))
        {
            _ = text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\0' => "\\0",
                '$' => dollar,
                '[' or ']' or '{' or '}' when !brackets => $"\\x{(int)c:X2}",
                >= ' ' and <= '~' => c.ToString(),
                <= '\xff' => $"\\x{(int)c:X2}",
                _ => $"\\u{(int)c:X4}",
            });
        }

        return text.ToString();
    }

    // The reader of data files counts brackets, those in texts too, to refuse what is nested too deep.
    private static bool Balanced(byte[] bytes)
    {
        int depth = 0;
        foreach (byte b in bytes)
        {
            depth += b is (byte)'[' or (byte)'{' ? 1 : b is (byte)']' or (byte)'}' ? -1 : 0;
            if (depth is < 0 or > DeepestBrackets)
            {
                return false;
            }
        }

        return depth == 0;
    }
}
