using System.Globalization;
using System.Text;

namespace Rexecd;

/// <summary><c>--log-format text</c>: <c>TIME EVENT NAME=VALUE ...</c>, where no value can make a second line or field.</summary>
internal static class LogText
{
    /// <summary>Bytes of a client's text that are written; what is cut off is told by number.</summary>
    public const int LongestText = 256;

    public static string Time(LogEvent entry) => entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Line(LogEvent entry)
    {
        var line = new StringBuilder(entry.Name);
        foreach ((string name, object value) in entry.Fields)
        {
            line.Append(CultureInfo.InvariantCulture, $" {name}={Value(value)}");
        }

        return line.ToString();
    }

    /// <summary>Bytes as characters, no more than <see cref="LongestText"/> of them.</summary>
    public static string Cut(ReadOnlyMemory<byte> bytes) => bytes.Length <= LongestText
        ? ByteText.Text(bytes.Span)
        : string.Create(CultureInfo.InvariantCulture, $"{ByteText.Text(bytes.Span[..LongestText])}... {bytes.Length} bytes");

    private static string Value(object value) => value switch
    {
        ReadOnlyMemory<byte> bytes => ByteText.Quote(Cut(bytes)),
        string word when word.Length > 0 && word.All(c => c is > ' ' and <= '~' and not '"' and not '\\') => word,
        string text => ByteText.Quote(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => ByteText.Quote(value.ToString() ?? ""),
    };
}
