using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Yaml;

/// <summary>A data file while it is read: its root node, and every problem found so far.</summary>
/// <remarks>Reading never stops at the first mistake, so that one run names them all.</remarks>
public sealed class SourceFile
{
    private readonly List<Problem> _problems;

    private SourceFile(string path, YamlNode? root, List<Problem> problems)
    {
        Path = path;
        Root = root;
        _problems = problems;
    }

    /// <summary>The file's path, as shown in problems.</summary>
    public string Path { get; }

    /// <summary>The document's root, or null if the file is no YAML at all (a problem says so).</summary>
    public YamlNode? Root { get; }

    /// <summary>Parses a file; a file that can't be read or is not YAML becomes a problem, not an exception.</summary>
    public static SourceFile Read(string path, List<Problem> problems)
    {
        try
        {
            return Parse(path, File.ReadAllText(path), problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(path, 1, 1, $"cannot be read: {e.Message}"));
            return new SourceFile(path, null, problems);
        }
    }

    /// <summary>Parses a text that came from <paramref name="path"/>.</summary>
    public static SourceFile Parse(string path, string text, List<Problem> problems)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            if (stream.Documents.Count != 1)
            {
                problems.Add(new Problem(path, 1, 1, $"holds {stream.Documents.Count} YAML documents, expected one"));
                return new SourceFile(path, null, problems);
            }

            return new SourceFile(path, stream.Documents[0].RootNode, problems);
        }
        catch (YamlException e)
        {
            problems.Add(new Problem(path, e.Start.Line, e.Start.Column, $"is not valid YAML: {e.Message}"));
            return new SourceFile(path, null, problems);
        }
    }

    /// <summary>Notes a mistake at a node.</summary>
    public void Report(YamlNode? at, string text) =>
        _problems.Add(new Problem(Path, at?.Start.Line ?? 1, at?.Start.Column ?? 1, text));

    /// <summary>The root as a mapping whose keys are read one by one, or null with a problem.</summary>
    public MappingReader? RootMapping(string what) => Root is null ? null : Mapping(Root, what);

    /// <summary>The node as a mapping, or null with a problem.</summary>
    public MappingReader? Mapping(YamlNode node, string what)
    {
        if (node is YamlMappingNode mapping)
        {
            return new MappingReader(this, mapping, what);
        }

        Report(node, $"{what} is {Kind(node)}, expected a mapping of keys");
        return null;
    }

    /// <summary>What a node is, in words.</summary>
    public static string Kind(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"the text '{Shorten(scalar.Value ?? "")}'",
        YamlSequenceNode => "a list",
        YamlMappingNode => "a mapping",
        _ => "something else",
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..37] + "...";
}
