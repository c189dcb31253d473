using System.Buffers;
using System.Text;
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

    /// <summary>The largest data file that is read, bytes, and the deepest nesting: beyond that it is no file that a person wrote.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxDepth = 64;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Parses a file; a file that can't be read or is not YAML becomes a problem, not an exception.</summary>
    public static SourceFile Read(string path, List<Problem> problems)
    {
        try
        {
            var file = new FileInfo(path);
            if (WhyNot(file) is { } reason)
            {
                problems.Add(new Problem(path, 1, 1, reason));
                return new SourceFile(path, null, problems);
            }

            string text = File.ReadAllText(path, s_strict);
            return Parse(path, text, problems);
        }
        catch (DecoderFallbackException)
        {
            // Read leniently it would send and expect other bytes than those that stand in it.
            problems.Add(NotUtf8(path));
            return new SourceFile(path, null, problems);
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
        using var reader = new StringReader(text);
        var parser = new CheckedParser(new Parser(reader), MaxDepth);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents.Count != 1)
            {
                problems.Add(new Problem(path, 1, 1, $"holds {stream.Documents.Count} YAML documents, expected one"));
                return new SourceFile(path, null, problems);
            }

            return new SourceFile(path, stream.Documents[0].RootNode, problems);
        }
        catch (TooDeepException e)
        {
            problems.Add(new Problem(path, e.Start.Line, e.Start.Column, e.Message) { Placed = true });
            return new SourceFile(path, null, problems);
        }
        catch (YamlException e)
        {
            problems.Add(new Problem(path, e.Start.Line, e.Start.Column, $"is not valid YAML: {e.Message}") { Placed = true });
            return new SourceFile(path, null, problems);
        }
        catch (Exception e) when (IsGivenUp(e))
        {
            Mark place = parser.Place;
            problems.Add(new Problem(path, place.Line, place.Column, "is not valid YAML from here on: is a bracket or a quote before it not closed?") { Placed = true });
            return new SourceFile(path, null, problems);
        }
    }

    // What the library throws at some mistakes in place of naming them: a bracket that is not closed before the next line's key is one.
    private static bool IsGivenUp(Exception e) => e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException;

    private static Problem NotUtf8(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = 0;
        int line = 1;
        int column = 1;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(at), out Rune rune, out int length) == OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + (rune.Value == 0xfeff && at == 0 ? 0 : rune.Utf16SequenceLength));
            at += length;
        }

        return new Problem(path, line, column, $"the byte 0x{(at < bytes.Length ? bytes[at] : 0):x2} here is no UTF-8: save the file as UTF-8, and write a byte as \"\\xHH\"") { Placed = true };
    }

    private static string? WhyNot(FileInfo file) =>
        Directory.Exists(file.FullName) ? "cannot be read: it is a directory, expected a file"
        : !file.Exists ? "cannot be read: it does not exist"
        : file.Length > MaxBytes ? $"has {file.Length} bytes, expected at most {MaxBytes}"
        // A pipe or a device would block or never end; their length is 0, and so is an empty file's, which holds nothing either.
        : file.Length == 0 ? "is empty, or no regular file"
        : null;

    /// <summary>Notes a mistake at a node.</summary>
    public void Report(YamlNode? at, string text) =>
        _problems.Add(new Problem(Path, at?.Start.Line ?? 1, at?.Start.Column ?? 1, text) { Placed = at is not null });

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
