using System.Globalization;
using System.Text.RegularExpressions;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>The segments of a captured client: cut at places of the fields, whatever the length of what is filled in there.</summary>
/// <remarks>A step that is no field (<c>bytes</c>, <c>stdin</c>) ends its segment always.</remarks>
public sealed partial record CapturedFragmentation(IReadOnlyList<CapturedCut> Cuts) : Fragmentation
{
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
                then = map.Require("then") is { } steps ? SendStepReader.ReadList(source, steps, "then") : [];
                map.Finish();
                if (then.OfType<BytesStep>().Any())
                {
                    source.Report(node, "'then' sends on the primary, expected steps that wait, or act otherwise");
                }
            }

            string text = (at as YamlScalarNode)?.Value ?? "";
            if (Parse(text) is not { } cut)
            {
                source.Report(at, $"a cut is {SourceFile.Kind(at)}, expected FIELD, FIELD+N (N from 1, at most 9 digits) or FIELD-nul, where FIELD is port, username, password, command");
                return null;
            }

            cuts.Add(cut with { Then = then });
        }

        return new CapturedFragmentation(cuts);
    }

    private static CapturedCut? Parse(string text)
    {
        if (Cut().Match(text) is not { Success: true } cut)
        {
            return null;
        }

        string bytes = cut.Groups["bytes"].Value;
        return new CapturedCut(
            cut.Groups["field"].Value,
            bytes == "" ? null : int.Parse(bytes, NumberStyles.None, CultureInfo.InvariantCulture),
            bytes == "" && !cut.Groups["nul"].Success);
    }

    // The schema for editors has the same pattern.
    [GeneratedRegex(@"\A(?<field>port|username|password|command)((?<nul>-nul)|\+(?<bytes>[1-9][0-9]{0,8}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Cut();
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
