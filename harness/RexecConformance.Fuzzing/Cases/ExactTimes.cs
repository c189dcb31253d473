using System.Globalization;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Times in milliseconds, to the last tick: <c>20ms</c>, <c>0.5ms</c>.</summary>
internal static class ExactTimes
{
    private static readonly decimal s_most = TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond;

    public static string Write(TimeSpan time) =>
        ((decimal)time.Ticks / TimeSpan.TicksPerMillisecond).ToString("0.####", CultureInfo.InvariantCulture) + "ms";

    public static TimeSpan Read(string text, string key) =>
        text.EndsWith("ms", StringComparison.Ordinal)
        && decimal.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
        && value < s_most
            ? new TimeSpan((long)(value * TimeSpan.TicksPerMillisecond))
            : throw new FormatException($"'{key}' is '{text}', expected milliseconds such as 20ms");
}
