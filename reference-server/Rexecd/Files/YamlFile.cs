using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rexecd;

/// <summary>A small YAML file, every error of which has a position.</summary>
internal sealed class YamlFile
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int DeepestLevel = 32; // Ours have four; the library reads them by recursion, and .NET ends at the end of a stack.

    private readonly string _name;

    private YamlFile(string name, YamlMappingNode root)
    {
        _name = name;
        Root = root;
    }

    public YamlMappingNode Root { get; }

    public static YamlFile Read(string path)
    {
        if (path.Length == 0)
        {
            throw new FileFormatException("a file expected, and its name is empty");
        }

        try
        {
            // A device or a pipe has no length: it would never end.
            if (new FileInfo(path) is { Exists: true, Length: 0 or > MaxBytes })
            {
                throw new FileFormatException($"{path}: a file of 1 to {MaxBytes} bytes expected");
            }

            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileFormatException($"{path}: {e.Message}");
        }
    }

    public static YamlFile ReadEmbedded(string resource)
    {
        using Stream stream = typeof(YamlFile).Assembly.GetManifestResourceStream(resource)
            ?? throw new FileFormatException($"{resource}: not embedded");
        using var reader = new StreamReader(stream);
        return Parse(resource, reader.ReadToEnd());
    }

    public static YamlFile Parse(string name, string text)
    {
        var stream = new YamlStream();
        Mark place = new(0, 1, 1);
        try
        {
            int level = 0;
            for (var parser = new Parser(new StringReader(text)); parser.MoveNext();)
            {
                place = parser.Current!.End;
                level += parser.Current.NestingIncrease;
                _ = level <= DeepestLevel ? level : throw FileFormatException.At(name, parser.Current.Start, "nested too deeply");
            }

            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw FileFormatException.At(name, e.Start, (e.InnerException ?? e).Message);
        }

        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What the library throws at a bracket that is not closed before the next line's key.
            throw FileFormatException.At(name, place, "no valid YAML from here on: is a bracket or a quote before it not closed?");
        }

        if (stream.Documents.Count == 0)
        {
            return new YamlFile(name, new YamlMappingNode());
        }

        YamlNode root = stream.Documents[0].RootNode;
        if (stream.Documents.Count > 1)
        {
            throw FileFormatException.At(name, stream.Documents[1].RootNode.Start, "one document expected");
        }

        return root as YamlMappingNode is { } mapping
            ? new YamlFile(name, mapping)
            : throw FileFormatException.At(name, root.Start, "a mapping (key: value) expected");
    }

    /// <summary>The scalar of this node, or an error that names what was expected.</summary>
    public YamlScalarNode Scalar(YamlNode node, string what) =>
        node as YamlScalarNode ?? throw Error(node, $"{what}: one value expected");

    public YamlMappingNode Mapping(YamlNode node, string what) =>
        node as YamlMappingNode ?? throw Error(node, $"{what}: a mapping (key: value) expected");

    /// <summary>Every file of ours begins with <c>format: 1</c>, so that a later format is refused by an older program.</summary>
    public void CheckFormat(YamlNode node)
    {
        if (Scalar(node, "format").Value != "1")
        {
            throw Error(node, "format: only 1 is known");
        }
    }

    public FileFormatException Error(YamlNode node, string message) => FileFormatException.At(_name, node.Start, message);
}
