using System.Globalization;
using System.Text.RegularExpressions;
using RexecConformance.Dialects;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>The capture that a scenario was made from (<c>captured</c>): the basis of all bytes that it states itself.</summary>
/// <param name="File">Name of the capture file, without folders.</param>
/// <param name="Sha256">The first twelve digits of its checksum.</param>
/// <param name="Date">Day of the packets, <c>YYYY-MM-DD</c> UTC.</param>
/// <param name="Conversation">Which of its conversations, from 1.</param>
/// <param name="Daemon">The captured server with its version, or null where nobody said.</param>
/// <param name="Dialects">The dialects that answer exactly as captured; empty if there is none.</param>
public sealed partial record CapturedSource(
    string File, string Sha256, string Date, int Conversation, string? Daemon, IReadOnlyList<string> Dialects)
{
    /// <summary>The captured dialects' files; filled in when the tree is read.</summary>
    public IReadOnlyList<Dialect> Known { get; init; } = [];

    /// <summary>The evidence for bytes that were captured.</summary>
    public Basis Basis => new(
        BasisKind.Observed, $"{File} (sha256 {Sha256}) of {Date}", $"conversation {Conversation}", Daemon);

    internal static CapturedSource? Read(MappingReader map)
    {
        if (!map.TryTake("captured", out YamlNode? node) || map.Source.Mapping(node, "captured") is not { } captured)
        {
            return null;
        }

        var source = new CapturedSource(
            captured.RequireText("file"),
            Checked(captured, "sha256", "the first 12 digits of the file's checksum, 0 to 9 and a to f", text => Checksum().IsMatch(text)),
            Checked(captured, "date", "a day such as 2026-11-20", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
            captured.RequireNumber("conversation", 1, int.MaxValue),
            captured.OptionalText("daemon"),
            captured.Texts("dialects"));
        captured.Finish();
        return source;
    }

    private static string Checked(MappingReader map, string key, string expected, Func<string, bool> good)
    {
        if (map.Require(key) is not { } node)
        {
            return "";
        }

        if (node is not YamlScalarNode { Value: { } text } || !good(text))
        {
            map.Source.Report(node, $"'{key}' is {SourceFile.Kind(node)}, expected {expected}");
            return "";
        }

        return text;
    }

    [GeneratedRegex(@"\A[0-9a-f]{12}\z")]
    private static partial Regex Checksum();
}
