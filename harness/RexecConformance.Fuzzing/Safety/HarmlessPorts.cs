using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Safety;

/// <summary>Which port fields may be sent: a server connects to any port of the client's machine that the field can be read as.</summary>
/// <remarks>
/// Every reading must give 0 (none), the client's own port, or one of three ports where nobody listens or where what is sent is at worst
/// echoed or dropped. The readings: the 16-bit accumulator of the daemons (facts/dialects.md 2.2), with signed bytes and with unsigned
/// ones, and the number at the beginning, modulo 65536, behind blanks and a plus sign; a number below zero is no port. Whatever comes
/// first in a request is its port, a user name too. A field without its NUL is never connected to.
/// </remarks>
public static class HarmlessPorts
{
    /// <summary>Ports besides the client's own: tcpmux, echo, discard.</summary>
    public static IReadOnlyList<int> Nobody { get; } = [1, 7, 9];

    /// <summary>So many digits behind a text decide alone: 10^16 is a multiple of 65536.</summary>
    public const int DecidingDigits = 16;

    /// <summary>Whether each reading of a field is harmless.</summary>
    /// <param name="field">The field without its NUL.</param>
    /// <param name="auxPort">The port that the client listens on, 0 for none.</param>
    public static bool Allowed(ReadOnlySpan<byte> field, int auxPort)
    {
        ushort signed = 0;
        ushort unsigned = 0;
        foreach (byte b in field)
        {
            signed = unchecked((ushort)((signed * 10) + (sbyte)b - '0'));
            unsigned = unchecked((ushort)((unsigned * 10) + b - '0'));
        }

        return Fits(signed, auxPort) && Fits(unsigned, auxPort) && Fits(Leading(field), auxPort);
    }

    /// <summary>Whether a case, and each of its companions, names harmless ports alone: for cases that were shrunk, or that come from a file.</summary>
    /// <param name="fuzzCase">The case.</param>
    /// <param name="context">The accounts, and a client's port.</param>
    /// <exception cref="KeyNotFoundException">A place of the case names something that the context lacks.</exception>
    public static bool Safe(FuzzCase fuzzCase, IByteContext context)
    {
        var field = new List<byte>();
        foreach (SendStep step in fuzzCase.Send)
        {
            if (step is BytesStep sent)
            {
                byte[] bytes = sent.Bytes.Resolve(context);
                int nul = bytes.AsSpan().IndexOf((byte)0);
                field.AddRange(nul < 0 ? bytes : bytes.AsSpan(0, nul));
                if (nul >= 0)
                {
                    return Allowed([.. field], context.AuxPort) && fuzzCase.Companions.All(companion => Safe(companion, context));
                }
            }
        }

        return fuzzCase.Companions.All(companion => Safe(companion, context));
    }

    private static bool Fits(ushort port, int auxPort) => port == 0 || port == auxPort || port is 1 or 7 or 9;

    private static ushort Leading(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> rest = field.TrimStart(" \t\n\v\f\r"u8);
        ushort value = 0;
        foreach (byte b in rest is [(byte)'+', ..] ? rest[1..] : rest)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            value = unchecked((ushort)((value * 10) + b - '0'));
        }

        return value;
    }
}
