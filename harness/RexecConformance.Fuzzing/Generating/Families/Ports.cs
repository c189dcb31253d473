using System.Globalization;
using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Port fields that are read with care by some and without by others. All of them name the client's own port, none, or a harmless one.</summary>
internal static class Ports
{
    private const long Wrap16 = 1L << 16;

    private const long Wrap32 = 1L << 32;

    private static readonly byte[][] s_before =
    [
        "+"u8.ToArray(), "-"u8.ToArray(), " "u8.ToArray(), "\t"u8.ToArray(), "\n"u8.ToArray(), "0x"u8.ToArray(), "0X1F"u8.ToArray(), "abc"u8.ToArray(), "/"u8.ToArray(), ":"u8.ToArray(),
        "."u8.ToArray(), "1."u8.ToArray(), "1e"u8.ToArray(), "0 "u8.ToArray(), "\\"u8.ToArray(), "aux"u8.ToArray(), [0xff], [0x80], [0xc3, 0x28], [1], [0x1b],
        "٧"u8.ToArray(), "٠١٢"u8.ToArray(), "７"u8.ToArray(), "１０２４"u8.ToArray(), "७"u8.ToArray(), "๗"u8.ToArray(), "²"u8.ToArray(), "−1"u8.ToArray(), "\u00a0"u8.ToArray(), "\u200e"u8.ToArray(),
    ];

    public static void Number(Draft draft)
    {
        Choices pick = draft.Pick;
        switch (pick.Below(6))
        {
            case 0:
                // Nothing but zeros.
                AddText(draft, new string('0', pick.OneIn(20) ? pick.From(100, 500) : pick.From(2, 12)));
                break;
            case 1:
                // A number that wraps to nothing, or to a port where nobody listens.
                long harmless = pick.OneIn(2) ? 0 : pick.Of(HarmlessPorts.Nobody);
                AddText(draft, (harmless + (Wrap16 * pick.From(1, 40))).ToString(CultureInfo.InvariantCulture));
                break;
            case 2:
                AddText(draft, (pick.Of(HarmlessPorts.Nobody) + (pick.OneIn(2) ? 0 : Wrap32 * pick.From(1, 9))).ToString(CultureInfo.InvariantCulture));
                break;
            case 3:
                AddAux(draft, new string('0', pick.From(1, 12)), 0);
                break;
            case 4:
                AddAux(draft, "", Wrap16 * pick.From(1, 9));
                break;
            default:
                AddAux(draft, "", pick.OneIn(2) ? Wrap32 * pick.From(1, 99) : Wrap16 * (1 + (long)(pick.Next() % 1_000_000_000)));
                break;
        }

        Rest(draft);
    }

    public static void Garbage(Draft draft)
    {
        Choices pick = draft.Pick;
        byte[] before = pick.Of(s_before);
        if (pick.OneIn(5))
        {
            before = [.. before, .. pick.Of(s_before)];
        }

        if (pick.OneIn(3))
        {
            // The client's port has four digits or five: with these zeros nothing before them counts.
            draft.Steps.Add(new BytesStep("port", new ByteTemplate([new LiteralPart([.. before, .. "000000000000"u8]), new AuxPortPart(0), new LiteralPart([0])])));
            draft.Aux = AuxMode.Listen;
        }
        else if (pick.OneIn(3) && before[0] is not ((byte)'+' or (byte)'-' or (byte)' ' or (byte)'\t' or (byte)'\n') && !char.IsAsciiDigit((char)before[0]))
        {
            draft.AddField("port", [.. before, .. Correction(before, pick.OneIn(2) ? 0 : pick.Of(HarmlessPorts.Nobody))]);
        }
        else
        {
            // Digits that decide are put behind it at the end, where they are needed.
            draft.AddField("port", before);
        }

        Rest(draft);
    }

    private static void Rest(Draft draft)
    {
        draft.AddLogin(draft.PlainAccount());
        draft.AddCommand();
    }

    private static void AddText(Draft draft, string digits) => draft.AddField("port", Encoding.ASCII.GetBytes(digits));

    private static void AddAux(Draft draft, string zeros, long plus)
    {
        BytePart[] parts = zeros.Length == 0
            ? [new AuxPortPart(plus), new LiteralPart([0])]
            : [new LiteralPart(Encoding.ASCII.GetBytes(zeros)), new AuxPortPart(plus), new LiteralPart([0])];
        draft.Steps.Add(new BytesStep("port", new ByteTemplate(parts)));
        draft.Aux = draft.Pick.OneIn(10) ? AuxMode.Refuse : AuxMode.Listen;
    }

    /// <summary>Eight digits after which the 16-bit accumulator holds this port, whether bytes are signed or not: 256 times 10^8 is a multiple of 65536.</summary>
    private static byte[] Correction(byte[] before, int port)
    {
        ushort value = 0;
        foreach (byte b in before)
        {
            value = unchecked((ushort)((value * 10) + b - '0'));
        }

        int missing = (int)((port - (value * 100_000_000L % Wrap16) + Wrap16) % Wrap16);
        return Encoding.ASCII.GetBytes(missing.ToString("00000000", CultureInfo.InvariantCulture));
    }
}
