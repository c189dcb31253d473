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
public sealed record CapturedSource(
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
            captured.RequireText("sha256"),
            captured.RequireText("date"),
            captured.RequireNumber("conversation", 1, int.MaxValue),
            captured.OptionalText("daemon"),
            captured.Texts("dialects"));
        captured.Finish();
        return source;
    }
}
