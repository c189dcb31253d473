using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rexecd;

/// <summary>How one entry is read from a file, printed, and set.</summary>
/// <param name="Name">Key in the file.</param>
/// <param name="Kind">Kind of value.</param>
/// <param name="Get">The value in a dialect.</param>
/// <param name="Set">Sets the value in a dialect that is being built.</param>
/// <param name="Parse">The value of a scalar, or a <see cref="FormatException"/> that says what was expected.</param>
/// <param name="Print">The value as a file has it.</param>
/// <param name="Cause">How a client causes it.</param>
internal sealed record EntryRule(
    string Name,
    EntryKind Kind,
    Func<Dialect, object?> Get,
    Action<Dialect, object?> Set,
    Func<YamlScalarNode, object?> Parse,
    Func<object?, string> Print,
    string Cause)
{
    /// <summary>Why no client can see this entry in a dialect, or null if one can.</summary>
    public Func<Dialect, string?> Hidden { get; init; } = _ => null;

    /// <summary>This rule, hidden for one more reason.</summary>
    public EntryRule HiddenIf(Func<Dialect, bool> condition, string reason) => this with { Hidden = d => condition(d) ? reason : Hidden(d) };

    public static EntryRule Text(
        string name, Func<Dialect, string?> get, Action<Dialect, string?> set, string cause, bool silence = true) => new(
            name, EntryKind.Text, d => get(d), (d, v) => set(d, (string?)v), s => ParseText(s, silence), v => v is string text ? ByteText.Quote(text) : "~", cause);

    public static EntryRule Count(string name, Func<Dialect, int?> get, Action<Dialect, int?> set, string cause) =>
        Number(name, EntryKind.Count, get, set, cause, "unlimited");

    public static EntryRule Milliseconds(string name, Func<Dialect, int?> get, Action<Dialect, int?> set, string cause) =>
        Number(name, EntryKind.Milliseconds, get, set, cause, "none");

    public static EntryRule Byte(string name, Func<Dialect, byte?> get, Action<Dialect, byte?> set, string cause) => new(
        name, EntryKind.Byte, d => get(d), (d, v) => set(d, (byte?)v), s => (byte?)ParseNumber(s, byte.MaxValue, "none"), v => PrintNumber(v, "none"), cause);

    public static EntryRule Choice<T>(string name, Func<Dialect, T> get, Action<Dialect, T> set, string cause)
        where T : struct, Enum => new(
            name, EntryKind.Choice, d => get(d), (d, v) => set(d, (T)v!), s => ParseChoice<T>(s), v => Kebab.Of((Enum)v!), cause);

    private static EntryRule Number(
        string name, EntryKind kind, Func<Dialect, int?> get, Action<Dialect, int?> set, string cause, string none) => new(
            name, kind, d => get(d), (d, v) => set(d, (int?)v), s => ParseNumber(s, int.MaxValue, none), v => PrintNumber(v, none), cause);

    private static string? ParseText(YamlScalarNode scalar, bool silence)
    {
        bool isNull = scalar is { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };
        if (isNull && !silence)
        {
            throw new FormatException("a text expected");
        }

        return isNull || ByteText.IsBytes(scalar.Value!)
            ? isNull ? null : scalar.Value
            : throw new FormatException("a character above U+00FF is no byte");
    }

    private static int? ParseNumber(YamlScalarNode scalar, int most, string none) =>
        scalar.Value == none ? null
        : int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number
        : throw new FormatException($"a number up to {most}, or {none}, expected");

    private static object ParseChoice<T>(YamlScalarNode scalar) =>
        Kebab.Parse(typeof(T), scalar.Value ?? "") ?? throw new FormatException($"one of {Kebab.Choices(typeof(T))} expected");

    private static string PrintNumber(object? number, string none) => Convert.ToString(number, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : none;
}
