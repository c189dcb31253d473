using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RexecConformance.Cli.Commands;

/// <summary>The options of <c>fuzz</c> that are numbers and times.</summary>
internal static class FuzzOptionTexts
{
    private static readonly (string Unit, double Seconds)[] s_units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>A whole number between two bounds; null where it is not given.</summary>
    public static Option<T?> Number<T>(string name, string description, T least, T most)
        where T : struct, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens is [{ Value: var given }] ? given : "";
                if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError($"{name} is '{text}', expected a whole number from {least} to {most}");
                return null;
            },
        };

    /// <summary>A time as people write it: <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>2h</c>; null where it is not given.</summary>
    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            string text = result.Tokens is [{ Value: var given }] ? given : "";
            if (Read(text) is { } time)
            {
                return time;
            }

            result.AddError($"{name} is '{text}', expected a time such as 500ms, 60s, 5m or 2h, at most 1000h");
            return null;
        },
    };

    private static TimeSpan? Read(string text)
    {
        foreach ((string unit, double seconds) in s_units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && number * seconds is > 0 and <= 3_600_000)
            {
                return TimeSpan.FromSeconds(number * seconds);
            }
        }

        return null;
    }
}
