using System.Globalization;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>The segments of a captured client: cut at places of the fields, whatever the length of what is filled in there.</summary>
/// <remarks>A step that is no field (<c>bytes</c>, <c>stdin</c>) ends its segment always.</remarks>
public sealed record CapturedFragmentation(IReadOnlyList<CapturedCut> Cuts) : Fragmentation
{
    private static readonly string[] s_fields = ["port", "username", "password", "command"];

    /// <inheritdoc/>
    public override string Name => "captured";

    internal static CapturedFragmentation? Read(SourceFile source, YamlSequenceNode list)
    {
        var cuts = new List<CapturedCut>();
        foreach (YamlNode node in list.Children)
        {
            IReadOnlyList<SendStep> then = [];
            YamlNode at = node;
            if (node is YamlMappingNode && source.Mapping(node, "a cut") is { } map)
            {
                at = map.Require("after") ?? node;
                then = map.TryTake("then", out YamlNode? steps) ? SendStepReader.ReadList(source, steps) : [];
                map.Finish();
                if (then.OfType<BytesStep>().Any())
                {
                    source.Report(node, "'then' sends on the primary, expected steps that wait, or act otherwise");
                }
            }

            string text = (at as YamlScalarNode)?.Value ?? "";
            if (Parse(text) is not { } cut)
            {
                source.Report(at, $"a cut is {SourceFile.Kind(at)}, expected FIELD, FIELD+N or FIELD-nul, where FIELD is {string.Join(", ", s_fields)}");
                return null;
            }

            cuts.Add(cut with { Then = then });
        }

        return new CapturedFragmentation(cuts);
    }

    private static CapturedCut? Parse(string text)
    {
        foreach (string field in s_fields.Where(field => text.StartsWith(field, StringComparison.Ordinal)))
        {
            string rest = text[field.Length..];
            if (rest is "" or "-nul")
            {
                return new CapturedCut(field, null, rest == "");
            }

            if (rest[0] == '+' && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0)
            {
                return new CapturedCut(field, bytes, false);
            }
        }

        return null;
    }
}

/// <summary>A place where a segment ends.</summary>
/// <param name="Field">port, username, password or command.</param>
/// <param name="Bytes">After so many bytes of the field's text, or of all of it if it has fewer; null for its end.</param>
/// <param name="WithNul">At the field's end: whether its NUL is in the segment that ends.</param>
public sealed record CapturedCut(string Field, int? Bytes, bool WithNul)
{
    /// <summary>What the client does there before it goes on: waits, or acts on the other connection.</summary>
    public IReadOnlyList<SendStep> Then { get; init; } = [];

    /// <summary>The offset in a field of this length, its NUL included.</summary>
    public int Offset(int length) => WithNul ? length : Math.Min(Bytes ?? length, Math.Max(0, length - 1));

    /// <inheritdoc/>
    public override string ToString() => Field + (WithNul ? "" : Bytes is { } bytes ? $"+{bytes}" : "-nul");
}
