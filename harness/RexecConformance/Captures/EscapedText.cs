using System.Text;

namespace RexecConformance.Captures;

/// <summary>Bytes as text that can be read back: printable ASCII as it is, all else escaped.</summary>
public static class EscapedText
{
    /// <summary>Without quotation marks around it: <c>\n \r \t \" \\</c>, and <c>\x00</c> for the rest.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="limit">After so many bytes the text ends in <c>...</c> and how many more there are.</param>
    public static string Of(ReadOnlySpan<byte> bytes, int limit = int.MaxValue)
    {
        var text = new StringBuilder();
        foreach (var b in bytes[..Math.Min(limit, bytes.Length)])
        {
            _ = b switch
            {
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'"' => text.Append("\\\""),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7f => text.Append((char)b),
                _ => text.Append($"\\x{b:x2}"),
            };
        }

        return bytes.Length > limit ? text.Append($"... ({bytes.Length - limit} more)").ToString() : text.ToString();
    }
}
