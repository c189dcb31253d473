namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What the text of a port is worth: <c>value = value * 10 + (byte - '0')</c> in 16 bits, as every server of Berkeley descent reads it.</summary>
/// <param name="Value">0 to 65535; null where the dialect says nothing about such a text.</param>
/// <param name="Property">The property that would have to be stated, where it is not.</param>
public readonly record struct PortReading(int? Value, string? Property)
{
    // More digits than any number of 16 bits has with a reader that knows a bound: only 'leading-zeros' and 'port-arithmetic' together speak of them.
    private const int UsualDigits = 16;

    /// <summary>Reads the bytes before the NUL.</summary>
    /// <param name="text">Any bytes, of any number.</param>
    /// <param name="rules">What the dialect states.</param>
    public static PortReading Of(ReadOnlySpan<byte> text, DialectRules rules)
    {
        if (text.IsEmpty)
        {
            return rules.EmptyPortIsZero ? new PortReading(0, null) : new PortReading(null, "empty-port");
        }

        uint unsigned = 0;
        uint signed = 0;
        long plain = 0;
        bool digits = true;
        foreach (byte b in text)
        {
            digits &= b is >= (byte)'0' and <= (byte)'9';
            unsigned = ((unsigned * 10) + b - '0') & 0xffff;
            signed = ((signed * 10) + unchecked((uint)(sbyte)b) - '0') & 0xffff;
            plain = Math.Min((plain * 10) + (b - '0'), 1 << 20);
        }

        if (!digits && !rules.PortTakesAnyBytes)
        {
            return new PortReading(null, "port-bytes");
        }

        if ((!digits || plain > ushort.MaxValue || text.Length > UsualDigits) && !rules.PortWraps)
        {
            return new PortReading(null, "port-arithmetic");
        }

        if (text.Length > 1 && text[0] == '0' && !rules.LeadingZeros)
        {
            return new PortReading(null, "leading-zeros");
        }

        // A byte above 127 is negative where char is signed, which differs from machine to machine.
        return unsigned == signed ? new PortReading((int)unsigned, null) : new PortReading(null, "the sign of a byte above 127");
    }
}
