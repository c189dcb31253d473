using YamlDotNet.RepresentationModel;

namespace RexecConformance.Yaml;

/// <summary>Finds the place of a mistake that shows only when files are seen together.</summary>
internal static class YamlPlace
{
    /// <summary>A problem at the first scalar with this text below one of the file's own keys, else at the key, else of the whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="key">A top-level key, for example <c>requires</c>.</param>
    /// <param name="value">A scalar below it, or a part of one; null is the key's value itself.</param>
    /// <param name="text">What is wrong.</param>
    public static Problem At(string file, string key, string? value, string text)
    {
        if (SourceFile.Read(file, []).Root is not YamlMappingNode root
            || root.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: var name } && name == key) is not { Key: { } found } pair)
        {
            return new Problem(file, 1, 1, text);
        }

        YamlNode at = (value is null ? pair.Value : pair.Value.AllNodes.OfType<YamlScalarNode>().FirstOrDefault(node => node.Value == value)
            ?? pair.Value.AllNodes.OfType<YamlScalarNode>().FirstOrDefault(node => node.Value?.Contains(value, StringComparison.Ordinal) == true)) ?? found;
        return new Problem(file, at.Start.Line, at.Start.Column, text) { Placed = true };
    }
}
