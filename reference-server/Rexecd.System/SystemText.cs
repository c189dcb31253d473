using System.Text;

namespace Posix;

/// <summary>
/// Texts of the system, which are bytes, mostly UTF-8: a byte that is not is kept as the lone surrogate U+DC80 to U+DCFF, as Python
/// does, so that <see cref="Bytes"/> gives back exactly what <see cref="Of"/> was given.
/// </summary>
public static class SystemText
{
    private const int Escape = 0xdc00;

    /// <summary>The text of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int taken) == System.Buffers.OperationStatus.Done)
            {
                _ = text.Append(rune.ToString());
            }
            else
            {
                taken = 1; // What follows a bad byte may be good.
                _ = text.Append((char)(Escape + bytes[0]));
            }

            bytes = bytes[taken..];
        }

        return text.ToString();
    }

    /// <summary>The bytes of a text.</summary>
    public static byte[] Bytes(string text)
    {
        if (!text.Any(IsEscaped))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        List<byte> bytes = [];
        Span<byte> encoded = stackalloc byte[4];
        for (int i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                i += rune.Utf16SequenceLength;
            }
            else
            {
                bytes.AddRange(IsEscaped(text[i]) ? [(byte)(text[i] - Escape)] : "?"u8);
                i++;
            }
        }

        return [.. bytes];
    }

    private static bool IsEscaped(char c) => c is >= (char)(Escape + 0x80) and <= (char)(Escape + 0xff);
}
