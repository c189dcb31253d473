using System.Globalization;
using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Authoring;

/// <summary>Bytes as a person types them on a command line.</summary>
internal static class DraftBytes
{
    /// <summary>
    /// Text with the escapes <c>\0 \n \r \t \\ \" \xHH</c> and places such as <c>${good.name}</c>; a character that is not ASCII is its UTF-8 bytes.
    /// </summary>
    /// <param name="option">The option that it was typed after, for errors.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="inExpectation">Whether <c>${diagnostic.NAME}</c> is a place too.</param>
    /// <exception cref="DraftException">An escape or a place is none.</exception>
    public static ByteTemplate Text(string option, string text, bool inExpectation = false)
    {
        var bytes = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                int length = char.IsSurrogatePair(text, i) ? 2 : 1;
                _ = bytes.Append(ByteText.Latin1.GetString(Encoding.UTF8.GetBytes(text.Substring(i, length))));
                i += length - 1;
                continue;
            }

            char kind = i + 1 < text.Length ? text[i + 1] : ' ';
            if (kind == 'x' && i + 3 < text.Length && byte.TryParse(text.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                _ = bytes.Append((char)value);
                i += 3;
                continue;
            }

            _ = bytes.Append(kind switch
            {
                '0' => '\0',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '\\' => '\\',
                '"' => '"',
                _ => throw new DraftException($"{option}: the escape at character {i + 1} is none, expected \\0, \\n, \\r, \\t, \\\\ or \\xHH (two hexadecimal digits)"),
            });
            i++;
        }

        var problems = new List<Problem>();
        ByteTemplate template = ByteTemplateReader.Read(SourceFile.Parse(option, "a", problems), new YamlScalarNode(bytes.ToString()), inExpectation);
        return problems.Count == 0 ? template : throw new DraftException($"{option}: {problems[0].Text}");
    }

    /// <summary>Pairs of hexadecimal digits.</summary>
    /// <exception cref="DraftException">They are none.</exception>
    public static ByteTemplate Hex(string option, string text) => ByteText.TryParseHex(text, out byte[] bytes)
        ? new ByteTemplate(bytes.Length == 0 ? [] : [new LiteralPart(bytes)])
        : throw new DraftException($"{option} is '{text}', expected pairs of hexadecimal digits such as \"00 1e\"");
}
