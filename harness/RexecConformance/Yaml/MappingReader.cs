using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Yaml;

/// <summary>Reads a mapping key by key. <see cref="Finish"/> reports every key that nobody asked for.</summary>
public sealed class MappingReader
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _left = [];
    private readonly List<string> _known = [];
    private readonly string _what;

    internal MappingReader(SourceFile source, YamlMappingNode node, string what)
    {
        Source = source;
        Node = node;
        _what = what;
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                _left[name] = (key, value);
            }
            else
            {
                source.Report(key, $"{what} has a key that is not a text");
            }
        }
    }

    /// <summary>The file that this mapping is part of.</summary>
    public SourceFile Source { get; }

    /// <summary>The mapping itself, for the place of a problem.</summary>
    public YamlMappingNode Node { get; }

    /// <summary>The keys that were not taken yet, in file order.</summary>
    public IReadOnlyCollection<string> Left => _left.Keys;

    /// <summary>Takes a key's node if the key is there.</summary>
    public bool TryTake(string key, [NotNullWhen(true)] out YamlNode? value)
    {
        _known.Add(key);
        if (_left.Remove(key, out (YamlNode Key, YamlNode Value) pair))
        {
            value = pair.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Takes a key's node; its absence is a problem.</summary>
    public YamlNode? Require(string key)
    {
        if (TryTake(key, out YamlNode? value))
        {
            return value;
        }

        Source.Report(Node, $"{_what} has no '{key}', which is required");
        return null;
    }

    /// <summary>A required text.</summary>
    public string RequireText(string key) => Require(key) is { } node ? Text(node, key) : "";

    /// <summary>An optional text, null if the key is absent.</summary>
    public string? OptionalText(string key) => TryTake(key, out YamlNode? node) ? Text(node, key) : null;

    /// <summary>An optional text that must be one of those known.</summary>
    public string? OptionalText(string key, IReadOnlyList<string> known) => TryTake(key, out YamlNode? node) ? Known(node, key, known) : null;

    /// <summary>An optional list of texts; empty if the key is absent.</summary>
    /// <param name="key">The key.</param>
    /// <param name="known">What each must be one of, or null for any text.</param>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string>? known = null)
    {
        if (!TryTake(key, out YamlNode? node))
        {
            return [];
        }

        if (node is YamlSequenceNode list)
        {
            return [.. list.Children.Select(child => known is null ? Text(child, key) : Known(child, key, known))];
        }

        Source.Report(node, $"'{key}' is {SourceFile.Kind(node)}, expected a list");
        return [];
    }

    /// <summary>A required whole number.</summary>
    public int RequireNumber(string key) => Require(key) is { } node ? Number(node, key) : 0;

    /// <summary>A required whole number within bounds, both included.</summary>
    public int RequireNumber(string key, int least, int most)
    {
        if (Require(key) is not { } node)
        {
            return least;
        }

        int number = Number(node, key);
        if (number < least || number > most)
        {
            Source.Report(node, $"'{key}' is {number}, expected {least} to {most}");
        }

        return Math.Clamp(number, least, most);
    }

    /// <summary>An optional yes or no.</summary>
    public bool Flag(string key, bool otherwise)
    {
        if (!TryTake(key, out YamlNode? node))
        {
            return otherwise;
        }

        string text = Text(node, key);
        if (text is "true" or "false")
        {
            return text == "true";
        }

        Source.Report(node, $"'{key}' is '{text}', expected true or false");
        return otherwise;
    }

    /// <summary>An optional duration such as 250ms or 2s.</summary>
    public TimeSpan? OptionalDuration(string key) =>
        TryTake(key, out YamlNode? node) ? Durations.Read(Source, node, key) : null;

    /// <summary>The file format's version: it must be 1.</summary>
    public void RequireFormatOne()
    {
        if (Require("format") is { } node && Text(node, "format") is var text && text != "1")
        {
            Source.Report(node, $"format is '{text}', this version reads format 1");
        }
    }

    /// <summary>Reports keys that were not asked for.</summary>
    public void Finish()
    {
        foreach ((string name, (YamlNode key, _)) in _left)
        {
            Source.Report(key, $"{_what} has an unknown key '{name}', expected one of: {string.Join(", ", _known.Distinct())}{Nearest.Remark(name, _known)}");
        }
    }

    /// <summary>A node's text; anything but a scalar is a problem.</summary>
    public string Text(YamlNode node, string key)
    {
        if (node is YamlScalarNode scalar)
        {
            return scalar.Value ?? "";
        }

        Source.Report(node, $"'{key}' is {SourceFile.Kind(node)}, expected a text");
        return "";
    }

    private string Known(YamlNode node, string key, IReadOnlyList<string> known)
    {
        string text = Text(node, key);
        if (node is YamlScalarNode && !known.Contains(text))
        {
            Source.Report(node, $"'{key}' is '{text}', expected one of: {string.Join(", ", known)}{Nearest.Remark(text, known)}");
        }

        return text;
    }

    private int Number(YamlNode node, string key)
    {
        string text = Text(node, key);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        Source.Report(node, $"'{key}' is '{text}', expected a whole number");
        return 0;
    }
}
