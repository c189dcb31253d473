using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Yaml;

/// <summary>Durations as people write them: <c>250ms</c>, <c>2s</c>, <c>1.5s</c>.</summary>
public static class Durations
{
    /// <summary>Reads a duration of at most ten minutes.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        double unit = text.EndsWith("ms", StringComparison.Ordinal) ? 1 : text.EndsWith('s') ? 1000 : 0;
        string number = unit == 1 ? text[..^2] : unit == 1000 ? text[..^1] : "";
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            || value * unit > 600_000)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(value * unit);
        return true;
    }

    internal static TimeSpan? Read(SourceFile source, YamlNode node, string key)
    {
        if (node is YamlScalarNode { Value: { } text } && TryParse(text, out TimeSpan duration))
        {
            return duration;
        }

        source.Report(node, $"'{key}' is {SourceFile.Kind(node)}, expected a duration such as 250ms or 2s (at most 600s)");
        return null;
    }
}
