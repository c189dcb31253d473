using System.Collections.Concurrent;
using YamlDotNet.RepresentationModel;

namespace Rexecd;

/// <summary>Reads dialect files: one entry a line, <c>name: value</c>, after <c>format: 1</c>, <c>dialect:</c> and <c>title:</c>.</summary>
internal static class DialectFile
{
    private const string Prefix = "dialects/";
    private const string Suffix = ".yaml";

    private static readonly ConcurrentDictionary<string, Dialect> Loaded = new();

    public static readonly IReadOnlyList<string> BuiltIn =
    [
        .. typeof(DialectFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    public static Dialect LoadBuiltIn(string name) => BuiltIn.Contains(name)
        ? Loaded.GetOrAdd(name, ReadBuiltIn)
        : throw new FileFormatException($"unknown dialect '{name}', one of {string.Join(", ", BuiltIn)} expected");

    /// <summary>A copy of the dialect with the file's entries; a file written for another dialect is refused.</summary>
    public static Dialect Override(Dialect dialect, YamlFile file)
    {
        Dialect changed = dialect.Copy();
        _ = Apply(changed, file);
        return changed;
    }

    private static Dialect ReadBuiltIn(string name)
    {
        YamlFile file = YamlFile.ReadEmbedded($"{Prefix}{name}{Suffix}");
        string? basedOn = TakeBase(file);
        Dialect dialect = basedOn is null ? new Dialect(name) : LoadBuiltIn(basedOn).Copy(name);
        HashSet<string> seen = Apply(dialect, file);
        dialect.Stated = seen;
        IEnumerable<string> needed = ["title", .. basedOn is null ? EntryTable.All.Select(rule => rule.Name) : []];
        return needed.FirstOrDefault(key => !seen.Contains(key)) is { } missing
            ? throw new FileFormatException($"{Prefix}{name}{Suffix}: entry {missing} is missing")
            : dialect;
    }

    /// <summary><c>base: NAME</c> of a built-in dialect: the file has only what differs from that one.</summary>
    private static string? TakeBase(YamlFile file)
    {
        var key = new YamlScalarNode("base");
        if (!file.Root.Children.TryGetValue(key, out YamlNode? node))
        {
            return null;
        }

        file.Root.Children.Remove(key);
        return file.Scalar(node, "base").Value;
    }

    private static HashSet<string> Apply(Dialect dialect, YamlFile file)
    {
        var seen = new HashSet<string>();
        foreach ((YamlNode keyNode, YamlNode node) in file.Root.Children)
        {
            string key = file.Scalar(keyNode, "key").Value ?? "";
            seen.Add(key);
            switch (key)
            {
                case "format":
                    file.CheckFormat(node);
                    break;
                case "dialect" when file.Scalar(node, key).Value != dialect.Name:
                    throw file.Error(node, $"dialect: this file is for '{node}', not for '{dialect.Name}'");
                case "dialect":
                    break;
                case "title":
                    dialect.Title = file.Scalar(node, key).Value ?? "";
                    break;
                default:
                    SetEntry(dialect, file, keyNode, key, node);
                    break;
            }
        }

        return seen;
    }

    private static void SetEntry(Dialect dialect, YamlFile file, YamlNode keyNode, string key, YamlNode node)
    {
        if (!EntryTable.ByName.TryGetValue(key, out EntryRule? rule))
        {
            throw file.Error(keyNode, $"unknown entry '{key}' (--print-dialect shows all)");
        }

        YamlScalarNode scalar = file.Scalar(node, key);
        try
        {
            rule.Set(dialect, rule.Parse(scalar));
        }
        catch (FormatException e)
        {
            throw file.Error(node, $"{key}: '{scalar.Value}' is not valid, {e.Message}");
        }
    }
}
