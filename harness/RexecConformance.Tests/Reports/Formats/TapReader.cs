using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Tests.Reports.Formats;

/// <summary>One test of a TAP text.</summary>
internal sealed record TapTest(bool Ok, int Number, string Description, string? Directive, string? Reason, YamlMappingNode? Diagnostics)
{
    /// <summary>What a harness counts: an expected failure is none, what is skipped neither.</summary>
    public bool Fails => !Ok && Directive != "TODO";

    public string Value(string key) => ((YamlScalarNode)Diagnostics!.Children[new YamlScalarNode(key)]).Value!;
}

/// <summary>Reads TAP 14 as its specification says; anything else than what we write is an error.</summary>
internal static partial class TapReader
{
    public static IReadOnlyList<TapTest> Read(string text)
    {
        Assert.EndsWith("\n", text);
        string[] lines = text[..^1].Split('\n');
        Assert.Equal("TAP version 14", lines[0]);
        Match plan = Plan().Match(lines[1]);
        Assert.True(plan.Success, lines[1]);
        var tests = new List<TapTest>();
        for (int i = 2; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#'))
            {
                continue;
            }

            if (lines[i] == "  ---")
            {
                int end = Array.IndexOf(lines, "  ...", i);
                Assert.True(end > i, $"line {i + 1}: a YAML block without an end");
                Assert.All(lines[(i + 1)..end], line => Assert.True(line.Length == 0 || line.StartsWith("  ", StringComparison.Ordinal), line));
                var yaml = new YamlStream();
                yaml.Load(new StringReader(string.Join('\n', lines[(i + 1)..end].Select(line => line.Length == 0 ? line : line[2..]))));
                Assert.Null(tests[^1].Diagnostics);
                tests[^1] = tests[^1] with { Diagnostics = (YamlMappingNode)yaml.Documents.Single().RootNode };
                i = end;
                continue;
            }

            Match test = Test().Match(lines[i]);
            Assert.True(test.Success, $"line {i + 1}: {lines[i]}");
            tests.Add(new TapTest(
                !test.Groups["not"].Success,
                int.Parse(test.Groups["number"].Value, CultureInfo.InvariantCulture),
                Unescaped(test.Groups["description"].Value),
                test.Groups["directive"] is { Success: true } directive ? directive.Value : null,
                test.Groups["reason"] is { Success: true } reason ? Unescaped(reason.Value) : null,
                null));
        }

        Assert.Equal(int.Parse(plan.Groups[1].Value, CultureInfo.InvariantCulture), tests.Count);
        Assert.Equal(Enumerable.Range(1, tests.Count), tests.Select(test => test.Number));
        return tests;
    }

    private static string Unescaped(string text) => Escape().Replace(text, "$1");

    [GeneratedRegex(@"^1\.\.(\d+)( # SKIP .*)?$")]
    private static partial Regex Plan();

    [GeneratedRegex(@"^(?<not>not )?ok (?<number>\d+) - (?<description>(?:[^\\#]|\\.)*?)(?: # (?<directive>SKIP|TODO) (?<reason>(?:[^\\#]|\\.)*))?$")]
    private static partial Regex Test();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
