namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Clients that want something else, and noise.</summary>
internal static class OtherProtocols
{
    private static readonly byte[][] s_known =
    [
        "GET / HTTP/1.0\r\n\r\n"u8.ToArray(),
        "OPTIONS * RTSP/1.0\r\n\r\n"u8.ToArray(),
        "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(),
        "EHLO example.org\r\n"u8.ToArray(),
        "HELP\r\n"u8.ToArray(),
        "\r\n\r\n"u8.ToArray(),

        // A question for a name server's version is a request with an empty port; a greeting of TLS; one of rlogin; one of SMB.
        Convert.FromHexString("001e000601000001000000000000" + "0776657273696f6e0462696e640000100003"),
        Convert.FromHexString("160301005a0100005603030000000000000000000000000000000000000000000000000000000000000000"),
        "\0root\0root\0vt100/9600\0"u8.ToArray(),
        Convert.FromHexString("000000a4ff534d4272000000000801400000000000000000000000000000"),
        Convert.FromHexString("fffd01fffd1ffffb18"),
        new byte[64],
    ];

    public static void Make(Draft draft)
    {
        Choices pick = draft.Pick;
        if (pick.OneIn(3))
        {
            draft.AddBytes("bytes", draft.Stock.Harmless ? new byte[pick.From(1, 8)] : pick.Of(s_known));
        }
        else
        {
            AddNoise(draft);
        }

        draft.EndPrimary();
    }

    /// <summary>Bytes at random, of which some alphabets are more likely, with a NUL more often than by chance.</summary>
    private static void AddNoise(Draft draft)
    {
        Choices pick = draft.Pick;
        byte[] noise = new byte[pick.OneIn(4) ? pick.From(1, 300) : pick.From(1, 60)];
        int kind = pick.Below(3);
        foreach (ref byte b in noise.AsSpan())
        {
            b = pick.OneIn(9) ? (byte)0 : kind switch
            {
                0 => (byte)pick.Next(),
                1 => (byte)pick.From('0', '9'),
                _ => (byte)pick.From(' ', '~'),
            };
        }

        draft.AddBytes("bytes", noise);
    }
}
