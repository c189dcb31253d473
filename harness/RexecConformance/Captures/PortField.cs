using RexecConformance.Bytes;

namespace RexecConformance.Captures;

/// <summary>The first request field as servers read it: not as a number, but with a 16-bit accumulator.</summary>
/// <remarks><c>v = v*10 + (byte - 48)</c> up to the first NUL; no digit, length or range check (facts 1 and 2.2).</remarks>
public static class PortField
{
    /// <summary>The port that a server arrives at; 0 means that no aux connection is asked for.</summary>
    /// <param name="text">The field without its NUL.</param>
    /// <param name="signedBytes">Whether bytes from 0x80 on are negative, as on most machines.</param>
    public static ushort Value(ReadOnlySpan<byte> text, bool signedBytes = true)
    {
        ushort value = 0;
        foreach (var b in text)
        {
            value = unchecked((ushort)((value * 10) + (signedBytes ? (sbyte)b : b) - '0'));
        }

        return value;
    }

    /// <summary>The field's text for another port, in the form that the captured one has.</summary>
    /// <param name="captured">The captured text, without its NUL.</param>
    /// <param name="port">The port to name instead, 1 to 65535.</param>
    /// <param name="note">Why the form could not be kept, or null.</param>
    public static byte[] Rewrite(ReadOnlySpan<byte> captured, int port, out string? note)
    {
        note = null;
        var digits = captured.Length is > 0 and < 18 && captured.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (!digits)
        {
            note = $"the captured port field \"{ByteText.Escape(captured)}\" is no plain number: a plain one is sent instead";
            return System.Text.Encoding.ASCII.GetBytes(port.ToString());
        }

        // Leading zeros and multiples of 65536 are what such a capture is about: they stay.
        var number = long.Parse(captured);
        var text = (number - (number % 65536) + port).ToString();
        var zeros = number > 0 ? captured.IndexOfAnyExcept((byte)'0') : 0;
        return System.Text.Encoding.ASCII.GetBytes(new string('0', zeros) + text);
    }
}
