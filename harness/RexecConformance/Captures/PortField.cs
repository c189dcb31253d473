using System.Globalization;
using System.Text;
using RexecConformance.Bytes;

namespace RexecConformance.Captures;

/// <summary>The first request field as servers read it: not as a number, but with a 16-bit accumulator.</summary>
/// <remarks><c>v = v*10 + (byte - 48)</c> up to the first NUL; no digit, length or range check (facts 1 and 2.2).</remarks>
public static class PortField
{
    private const int Shown = 40;

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
        PortForm form = Form(captured, out note);
        string text = new string('0', form.LeadingZeros) + (form.Plus + port).ToString(CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(text);
    }

    /// <summary>The form of a captured field. Leading zeros and multiples of 65536 are what such a capture is about: they stay.</summary>
    /// <param name="captured">The captured text, without its NUL.</param>
    /// <param name="note">Why the form could not be kept, or null.</param>
    /// <returns>The form, or that of a plain number where it could not be kept.</returns>
    public static PortForm Form(ReadOnlySpan<byte> captured, out string? note)
    {
        note = null;
        ReadOnlySpan<byte> digits = captured.TrimStart((byte)'0');
        if (captured.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            note = $"the captured port field \"{ByteText.Escape(captured, Shown)}\" is no plain number: a plain one is sent instead";
            return default;
        }

        if (digits.Length > AuxPortPart.MostDigits)
        {
            note = $"the captured port field \"{ByteText.Escape(captured, Shown)}\" has {digits.Length} significant digits, at most {AuxPortPart.MostDigits} can be kept: a plain number is sent instead";
            return default;
        }

        // Zeros alone are the number 0, which has no leading one.
        long number = digits.IsEmpty ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new PortForm(digits.IsEmpty ? 0 : captured.Length - digits.Length, number - (number % 65536));
    }
}
