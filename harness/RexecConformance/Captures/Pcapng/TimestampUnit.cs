namespace RexecConformance.Captures.Pcapng;

/// <summary>What the 64-bit time stamps of one interface count (<c>if_tsresol</c>), and from when (<c>if_tsoffset</c>).</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, section 4.2. Times that 64 bits of nanoseconds can't hold become the nearest that they can.</remarks>
internal readonly struct TimestampUnit
{
    private const int NanosecondDigits = 9;

    // Whole nanoseconds to a unit and 0, or 0 and units to a second.
    private readonly ulong _nanosecondsPerUnit;
    private readonly UInt128 _unitsPerSecond;
    private readonly long _offsetSeconds;
    // Up to here one multiplication does, and nothing overflows.
    private readonly ulong _simpleUpTo;

    /// <param name="resolution">
    /// The high bit clear: 10 to this negative power of a second. Set: 2 to the negative power of the other seven bits.
    /// </param>
    /// <param name="offsetSeconds">Is added to every time stamp.</param>
    public TimestampUnit(byte resolution, long offsetSeconds)
    {
        _offsetSeconds = offsetSeconds;
        var power = resolution & 0x7f;
        if ((resolution & 0x80) == 0 && power <= NanosecondDigits)
        {
            _nanosecondsPerUnit = (ulong)Power(10, NanosecondDigits - power);
            _simpleUpTo = offsetSeconds == 0 ? (ulong)long.MaxValue / _nanosecondsPerUnit : 0;
        }
        else
        {
            _unitsPerSecond = Power((resolution & 0x80) == 0 ? 10u : 2u, power);
        }
    }

    /// <summary>The unit where an interface has no such option: microseconds.</summary>
    public static TimestampUnit Microseconds { get; } = new(6, 0);

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long ToNanoseconds(ulong units)
    {
        if (units <= _simpleUpTo)
        {
            return (long)(units * _nanosecondsPerUnit);
        }

        var nanoseconds = _nanosecondsPerUnit != 0 ? (UInt128)units * _nanosecondsPerUnit : (UInt128)units * 1_000_000_000 / _unitsPerSecond;
        var sum = (Int128)nanoseconds + ((Int128)_offsetSeconds * 1_000_000_000);
        return sum > long.MaxValue ? long.MaxValue : sum < long.MinValue ? long.MinValue : (long)sum;
    }

    // Beyond 2^127 the quotient is 0 whatever the divisor is.
    private static UInt128 Power(uint of, int power)
    {
        UInt128 result = 1;
        for (; power > 0 && result < UInt128.MaxValue / of; power--)
        {
            result *= of;
        }

        return result;
    }
}
