using System.Net;
using System.Net.Sockets;

namespace RexecConformance.Cli.Tests.Section7;

/// <summary>
/// The golden vectors of facts/dialects.md section 7, columns BSD and DEB, copied by hand: a third table beside the
/// suite's own and the reference server's, so that a mistake which those two share is seen.
/// </summary>
/// <remarks>
/// Where a cell states no end, it is FIN if the server has read the whole request and RST or FIN if not (facts 0.10).
/// Each request leaves in one call. PAM's delay is "about 2 s": 1 to 4 s here.
/// Left out: column titles NK17, INU and INUP (no such server here).
/// </remarks>
internal static class Table
{
    private const string Cmd = "echo out; echo err >&2";
    private const string Trap = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done";
    private const string DnsProbe = "\0\u001e\0\u0006\u0001\0\0\u0001\0\0\0\0\0\0\u0007version\u0004bind\0\0\u0010\0\u0003";
    private static readonly Cell s_both = new(new("\0out\nerr\n", "FIN"));
    private static readonly Cell s_silence = new(new("", "FIN"), null, 1, 4);
    private static readonly Cell s_nothing = new(new("", "FIN"));

    /// <summary>The rows that take seconds at most.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("empty port", $"\0good\0secret\0{Cmd}\0", s_both),
        new("port 0", $"0\0good\0secret\0{Cmd}\0", s_both),
        new("port 00000", $"00000\0good\0secret\0{Cmd}\0", s_both),
        new("port 65536", $"65536\0good\0secret\0{Cmd}\0", s_both),
        new("<p>", $"<p>\0good\0secret\0{Cmd}\0", new(new("\0out\n", "FIN"), new("err\n", "FIN"))),
        new("<p>, bad pw", $"<p>\0good\0wrong\0{Cmd}\0", new(new("\u0001Password incorrect.\n", "FIN"), new("", "FIN")), new(new("", "FIN"), new("", "FIN"), 1, 4)),
        new("bad pw", $"\0good\0wrong\0{Cmd}\0", new(new("\u0001Password incorrect.\n", "FIN")), s_silence),
        new("unknown user", $"\0nosuchuser\0secret\0{Cmd}\0", new(new("\u0001Login incorrect.\n", "FIN")), s_silence),
        new("user 14 chars", $"\0abcdefghijklmn\0secret\0{Cmd}\0", s_both),
        new("user 15 chars", $"\0abcdefghijklmno\0secret\0{Cmd}\0", new(new("\u0001username too long\n", "RST")), s_both),
        new("user 16 chars", $"\0abcdefghijklmnop\0secret\0{Cmd}\0", new(new("\u0001username too long\n", "RST"))),
        new("pw 14 chars", $"\0pw14\u00000123456789abcd\0{Cmd}\0", s_both),
        new("pw 15 chars", $"\0pw15\u00000123456789abcde\0{Cmd}\0", new(new("\u0001password too long\n", "RST")), s_both),
        new("pw 16 chars", $"\0pw16\u00000123456789abcdef\0{Cmd}\0", new(new("\u0001password too long\n", "RST"))),
        new("16 x's, nothing more", "\0xxxxxxxxxxxxxxxx", new(new("\u0001username too long\n", "FIN"))),
        new("cmd 131071 chars", Command(131_071), new(new("\0out\n", "FIN"))),
        new("cmd 131072 chars", Command(131_072), new(new("\u0001command too long\n", "FIN")), new(new("\0/bin/sh: Argument list too long\n", "FIN"))),
        new("cmd 131073 chars", Command(131_073), new(new("\u0001command too long\n", "RST")), new(new("\0/bin/sh: Argument list too long\n", "FIN"))),
        new("cmd 200000 chars", Command(200_000), new(new("\u0001command too long\n", "RST")), new(new("\0/bin/sh: Argument list too long\n", "FIN"))),
        new("nohome, no aux", $"\0nohome\0secret\0{Cmd}\0", new(new("\u0001No remote directory.\n", "FIN")), new(new("\0\u0001No remote directory.\n", "FIN"))),
        new(
            "nohome, aux",
            $"<p>\0nohome\0secret\0{Cmd}\0",
            new(new("\u0001No remote directory.\n", "FIN"), new("", "FIN")),
            new(new("\0", "FIN"), new("\u0001No remote directory.\n", "FIN"))),
        new("badsh, aux", $"<p>\0badsh\0secret\0{Cmd}\0", new(new("\0", "FIN"), new("/bin/nosuchshell: No such file or directory\n", "FIN"))),
        new("emptypw, any pw", $"\0emptypw\0anything\0{Cmd}\0", s_both),
        new("emptypw, no pw", $"\0emptypw\0\0{Cmd}\0", s_both),
        new("root, right pw", $"\0root\0secret\0{Cmd}\0", s_both),
        new("EOF in port", "12", s_nothing) { Act = HalfClose },
        new("EOF at once", "", s_nothing) { Act = HalfClose },
        new("EOF in user", "\0go", s_nothing) { Act = HalfClose },
        new("EOF in pw", "\0good\0sec", s_nothing) { Act = HalfClose },
        new("EOF in cmd", "\0good\0secret\0echo", s_nothing) { Act = HalfClose },
        new("aux port closed", $"<p>\0good\0secret\0{Cmd}\0", new(new("", "CLOSED"))) { AuxRefused = true },
        new("aux port closed, port only", "<p>\0", s_nothing) { AuxRefused = true },

        // Any address of 127/8 is this host, and only 127.0.0.1 has a name in the daemon's hosts file.
        new("peer without reverse DNS", $"\0good\0secret\0{Cmd}\0", s_both, new(new("\u0001Where are you?\n", "RST"))) { From = IPAddress.Parse("127.0.0.2") },
        new(
            "bad pw + 64 KiB pending",
            $"\0good\0wrong\0{Cmd}\0{new string('x', 65536)}",
            new(new("\u0001Password incorrect.\n", "RST")),
            new(new("", "RST"), null, 1, 4)),
        new(
            "signal byte 0x0f on A",
            $"<p>\0good\0secret\0{Trap}\0",
            new(new("\0ready\ncaught\n", "FIN"), new("", "FIN"), 0, 1.5),
            new(new("\0ready\ndone\n", "FIN"), new("", "RST"), 1.5, 4)) { Act = Signal },
        new("bg job holding stderr 2 s", "<p>\0good\0secret\0sleep 2 & echo out\0", new(new("\0out\n", "FIN"), new("", "FIN"), 1.8, 4)),
        new("nmap DNS probe bytes", DnsProbe, new(new("\u0001Login incorrect.\n", "RST")), new(new("", "RST"), null, 1, 4)),
    ];

    /// <summary>
    /// The rows of a minute. "Still open at 80 s" is watched for 66 s only: that no time-out of 60 s is left running
    /// is all that it can tell.
    /// </summary>
    public static IReadOnlyList<Row> SlowRows { get; } =
    [
        new("silence after connect", "", new(new("", "FIN"), null, 59.5, 62)) { Patience = 66 },
        new("\\0 then silence", "\0", new(new("", "OPEN"))) { Patience = 66 },
    ];

    private static string Command(int length) => "\0good\0secret\0" + ("echo out #" + new string('x', length))[..length] + "\0";

    private static void HalfClose(Socket primary, Socket? aux) => primary.Shutdown(SocketShutdown.Send);

    private static void Signal(Socket primary, Socket? aux)
    {
        // Only once the trap is set: the status byte and "ready" have come. They stay in the socket for the reader.
        byte[] ready = new byte[7];
        primary.ReceiveTimeout = 5000;
        while (primary.Receive(ready, SocketFlags.Peek) < ready.Length)
        {
            Thread.Yield();
        }

        aux!.Send([15]);
    }
}
