using System.Text.Json;

namespace RexecConformance.Reports.Results;

/// <summary>Members of a JSON object. A file may have been edited by hand: what is of another kind than expected throws.</summary>
internal static class JsonReading
{
    /// <summary>More than any exchange or run lasts, and far from what a sum of times overflows at.</summary>
    private const decimal MostMilliseconds = 100m * 24 * 60 * 60 * 1000;

    /// <summary>A text that must be there; <c>null</c> is none.</summary>
    public static string Needed(this JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null, expected a text");

    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    public static int Number(this JsonElement json, string name, int absent) => json.TryGetProperty(name, out JsonElement number) ? number.GetInt32() : absent;

    /// <summary>How many there are of something; sums of many of these don't overflow.</summary>
    public static int Count(this JsonElement json, string name)
    {
        int count = json.GetProperty(name).GetInt32();
        return count is >= 0 and <= 1_000_000 ? count : throw new FormatException($"'{name}' is {count}, expected a count");
    }

    /// <summary>A time, or how long something took.</summary>
    public static TimeSpan Milliseconds(this JsonElement json)
    {
        decimal time = json.GetDecimal();
        return Math.Abs(time) <= MostMilliseconds
            ? new TimeSpan(decimal.ToInt64(time * TimeSpan.TicksPerMillisecond))
            : throw new FormatException($"{time} ms is no time of an exchange");
    }

    /// <summary>The same as a figure, just as it was written.</summary>
    public static double Figure(this JsonElement milliseconds)
    {
        _ = milliseconds.Milliseconds();
        return milliseconds.GetDouble();
    }

    public static IEnumerable<JsonElement> List(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        [.. json.List(name).Select(text => text.GetString() ?? throw new FormatException($"'{name}' holds null, expected texts"))];
}
