using System.Globalization;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>Reads <c>fragments</c>.</summary>
internal static class FragmentationReader
{
    private static readonly string[] s_fields = ["port", "username", "password", "command"];

    public static IReadOnlyList<Fragmentation> Read(MappingReader map)
    {
        if (!map.TryTake("fragments", out YamlNode? node))
        {
            return [new WholeFragmentation()];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            map.Source.Report(node, $"'fragments' is {SourceFile.Kind(node)}, expected a list");
            return [new WholeFragmentation()];
        }

        var all = list.Children.Select(child => ReadOne(map.Source, child)).OfType<Fragmentation>().ToList();
        foreach (IGrouping<string, Fragmentation> same in all.GroupBy(f => f.Name).Where(group => group.Count() > 1))
        {
            map.Source.Report(node, $"the segmentation '{same.Key}' is listed twice");
        }

        return all;
    }

    private static Fragmentation? ReadOne(SourceFile source, YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode { Value: "whole" }:
                return new WholeFragmentation();
            case YamlScalarNode { Value: "per-field" }:
                return new PerFieldFragmentation();
            case YamlScalarNode { Value: "per-byte" }:
                return new PerByteFragmentation();
            case YamlMappingNode { Children: [(YamlScalarNode { Value: "split" }, YamlSequenceNode offsets)] }:
                List<int> numbers = [.. offsets.Children.Select(child => ReadOffset(source, child))];
                if (numbers.Count == 0 || numbers[0] < 1 || numbers.Zip(numbers.Skip(1)).Any(pair => pair.First >= pair.Second))
                {
                    source.Report(offsets, "'split' expects rising offsets, each 1 or more");
                    return null;
                }

                return new SplitFragmentation(numbers);
            case YamlMappingNode { Children: [(YamlScalarNode { Value: "after" }, YamlSequenceNode { Children.Count: > 0 } fields)] }:
                var names = fields.Children.Select(child => (child as YamlScalarNode)?.Value ?? "").ToList();
                if (names.FirstOrDefault(name => !s_fields.Contains(name)) is { } wrong)
                {
                    source.Report(fields, $"'after' names '{wrong}', expected fields: {string.Join(", ", s_fields)}");
                    return null;
                }

                return new AfterFragmentation(names);
            case YamlMappingNode { Children: [(YamlScalarNode { Value: "captured" }, YamlSequenceNode cuts)] }:
                return CapturedFragmentation.Read(source, cuts);
            default:
                source.Report(
                    node,
                    $"a segmentation is {SourceFile.Kind(node)}, expected whole, per-field, per-byte, {{ split: [OFFSETS] }}, {{ after: [FIELDS] }} or {{ captured: [CUTS] }}");
                return null;
        }
    }

    private static int ReadOffset(SourceFile source, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int offset))
        {
            return offset;
        }

        source.Report(node, $"an offset is {SourceFile.Kind(node)}, expected a number");
        return 0;
    }
}
