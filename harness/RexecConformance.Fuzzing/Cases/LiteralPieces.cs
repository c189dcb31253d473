using System.Text;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>How a run of plain bytes is written.</summary>
internal enum PieceForm
{
    /// <summary>A text, a character a byte.</summary>
    Text,

    /// <summary>A text of UTF-8.</summary>
    Utf8,

    /// <summary>Hexadecimal digits.</summary>
    Hex,
}

/// <summary>Some of the bytes, how they are written, and how often they are repeated.</summary>
internal readonly record struct LiteralPiece(int From, int Length, PieceForm Form, int Times);

/// <summary>Cuts plain bytes into pieces that people can read: repetitions, texts, UTF-8, hex.</summary>
internal static class LiteralPieces
{
    /// <summary>A shorter run is read more easily as it is.</summary>
    private const int ShortestRun = 24;

    private const int LongestUnit = 4;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public static List<LiteralPiece> Of(ReadOnlySpan<byte> bytes)
    {
        var pieces = new List<LiteralPiece>();
        int start = 0;
        int at = 0;
        while (at < bytes.Length)
        {
            if (Run(bytes[at..]) is (int unit and > 0, int times))
            {
                AddPlain(pieces, bytes, start, at);
                pieces.Add(new LiteralPiece(at, unit, FormOf(bytes.Slice(at, unit)), times));
                at += unit * times;
                start = at;
            }
            else
            {
                at++;
            }
        }

        AddPlain(pieces, bytes, start, at);
        return pieces;
    }

    private static void AddPlain(List<LiteralPiece> pieces, ReadOnlySpan<byte> bytes, int from, int to)
    {
        if (to > from)
        {
            pieces.Add(new LiteralPiece(from, to - from, FormOf(bytes[from..to]), 1));
        }
    }

    private static (int Unit, int Times) Run(ReadOnlySpan<byte> bytes)
    {
        for (int unit = 1; unit <= LongestUnit && unit * 2 <= bytes.Length; unit++)
        {
            // As many bytes are equal to those one unit further on.
            int same = bytes[unit..].CommonPrefixLength(bytes);
            int times = (same / unit) + 1;
            if (times * unit >= ShortestRun)
            {
                return (unit, times);
            }
        }

        return default;
    }

    private static PieceForm FormOf(ReadOnlySpan<byte> bytes)
    {
        int strange = 0;
        int wide = 0;
        foreach (byte b in bytes)
        {
            strange += b is >= 0x20 and < 0x7f or (byte)'\n' or (byte)'\r' or (byte)'\t' ? 0 : 1;
            wide += b >= 0x80 ? 1 : 0;
        }

        return strange == 0 ? PieceForm.Text
            : wide == strange && IsUtf8(bytes) ? PieceForm.Utf8
            : strange * 2 > bytes.Length ? PieceForm.Hex
            : PieceForm.Text;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ = s_strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
