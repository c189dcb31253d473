using System.Globalization;
using System.Text;
using System.Text.Json;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Segmentations as JSON, in the words of scenario files.</summary>
internal static class FragmentationText
{
    private static readonly string[] s_fields = ["port", "username", "password", "command"];

    public static void Append(StringBuilder text, Fragmentation fragmentation)
    {
        switch (fragmentation)
        {
            case SplitFragmentation split:
                text.Append($"{{\"split\":[{string.Join(',', split.Offsets.Select(offset => offset.ToString(CultureInfo.InvariantCulture)))}]}}");
                break;
            case AfterFragmentation after:
                text.Append($"{{\"after\":[{string.Join(',', after.Fields.Select(field => $"\"{field}\""))}]}}");
                break;
            case CapturedFragmentation captured:
                text.Append("{\"captured\":[");
                for (int i = 0; i < captured.Cuts.Count; i++)
                {
                    CapturedCut cut = captured.Cuts[i];
                    text.Append(i == 0 ? "" : ",").Append($"{{\"after\":\"{cut}\"");
                    if (cut.Then.Count > 0)
                    {
                        text.Append(",\"then\":");
                        StepText.AppendList(text, cut.Then);
                    }

                    text.Append('}');
                }

                text.Append("]}");
                break;
            default:
                text.Append($"\"{fragmentation.Name}\"");
                break;
        }
    }

    public static Fragmentation Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString() switch
            {
                "whole" => new WholeFragmentation(),
                "per-field" => new PerFieldFragmentation(),
                "per-byte" => new PerByteFragmentation(),
                _ => throw Strange(),
            };
        }

        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Count() != 1
            || element.EnumerateObject().First() is not { Value.ValueKind: JsonValueKind.Array } only)
        {
            throw Strange();
        }

        return only.Name switch
        {
            "split" => new SplitFragmentation(Offsets(only.Value)),
            "after" => new AfterFragmentation([.. only.Value.EnumerateArray().Select(field => Field(CaseReader.Text(field, "after")))]),
            "captured" => new CapturedFragmentation([.. only.Value.EnumerateArray().Select(ReadCut)]),
            _ => throw Strange(),
        };
    }

    private static int[] Offsets(JsonElement list)
    {
        int[] offsets = [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int offset) ? offset : 0)];
        bool rising = offsets.Length > 0 && offsets[0] >= 1 && offsets.Zip(offsets.Skip(1)).All(pair => pair.First < pair.Second);
        return rising ? offsets : throw new FormatException("'split' expects rising offsets, each 1 or more");
    }

    private static CapturedCut ReadCut(JsonElement element)
    {
        string text = CaseReader.Text(CaseReader.Require(element, "after", "a cut"), "after");
        IReadOnlyList<SendStep> then = element.TryGetProperty("then", out JsonElement steps) ? StepReader.ReadList(steps) : [];
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        int bytes = 0;
        if (plus > 0 && !int.TryParse(text.AsSpan(plus + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bytes))
        {
            throw new FormatException($"a cut is '{text}', expected FIELD, FIELD+N or FIELD-nul");
        }

        bool nul = text.EndsWith("-nul", StringComparison.Ordinal);
        string field = Field(plus > 0 ? text[..plus] : nul ? text[..^4] : text);
        return new CapturedCut(field, plus > 0 ? bytes : null, plus < 0 && !nul) { Then = then };
    }

    private static string Field(string name) => s_fields.Contains(name)
        ? name
        : throw new FormatException($"a segmentation names '{name}', expected fields: {string.Join(", ", s_fields)}");

    private static FormatException Strange() =>
        new("'fragments' is none of: whole, per-field, per-byte, {\"split\":[OFFSETS]}, {\"after\":[FIELDS]}, {\"captured\":[CUTS]}");
}
