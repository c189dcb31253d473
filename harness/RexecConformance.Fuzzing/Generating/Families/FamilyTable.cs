namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>All families with their shares.</summary>
internal static class FamilyTable
{
    /// <summary>What the shares add up to.</summary>
    public const int Whole = 10_000;

    private static readonly Family[] s_all =
    [
        new("whole-login", 1_791, "a login that fits, of any account, with any quick command", Logins.Whole),
        new("wrong-login", 500, "an unknown name, or a password that is not the account's", Logins.Wrong),
        new("username-length", 600, "a name cut or padded to a limit of some dialect, one less, one or two more, in bytes or in characters", Lengths.UserName),
        new("password-length", 600, "the same of a password", Lengths.Password),
        new("command-length", 400, "the same of a command", Lengths.Command),
        new("overlong", 250, "a field that is longer than a limit by 1, 2^8, or seldom 2^15, 2^16, 2^17", Lengths.Overlong),
        new("field-missing", 350, "one field is not there", Structures.Missing),
        new("field-doubled", 300, "one field comes twice", Structures.Doubled),
        new("fields-swapped", 300, "two fields change places", Structures.Swapped),
        new("field-empty", 300, "one field is empty, or several are", Structures.Empty),
        new("fields-merged", 300, "the NUL between two fields is not there", Structures.Merged),
        new("odd-username", 300, "a name with NUL, CR, LF, escape sequences, 8-bit bytes, invalid UTF-8, quotes", OddBytes.UserName),
        new("odd-password", 300, "the same in a password", OddBytes.Password),
        new("odd-command", 300, "the same in a command", OddBytes.Command),
        new("port-number", 450, "leading zeros, wraps at 2^16 and 2^32, numbers that wrap to no port or to a harmless one", Ports.Number),
        new("port-garbage", 350, "signs, blanks, letters, hex, 8-bit bytes and digits of other scripts in the port", Ports.Garbage),
        new("unfinished", 480, "the request stops anywhere", Endings.Unfinished),
        new("left-open", 20, "where waiting takes no time (in memory): the client outlasts the server's time-outs, or ends nothing; else as unfinished", Endings.LeftOpen),
        new("ended-early", 300, "the client half-closes, closes or resets before or behind the whole request", Endings.Early),
        new("silent", 5, "the client is silent for 50 to 200 ms in the middle, then closes", Endings.Silent),
        new("input", 300, "bytes behind the command, for its input", Inputs.Make),
        new("aux-behaviour", 300, "the port refuses, the connection is reset at once, or there is no listener", AuxSide.Behaviour),
        new("aux-ended", 20, "the client ends the auxiliary connection", AuxSide.Ended),
        new("signal", 30, "signal bytes, 0 to 255", AuxSide.Signal),
        new("interleaved", 150, "one to three other clients at the same time, each with a case of its own", OfInterleaved),
        new("mutated-scenario", 450, "a scenario of the suite with bytes, fields or order changed", Mutations.OfScenario),
        new("mutated-capture", 250, "what a captured client sent, changed likewise", Mutations.OfCapture),
        new("other-protocol", 200, "what scanners and clients of other protocols send, or bytes at random", OtherProtocols.Make),
        new("paused", 60, "pauses of 1 to 30 ms in the request", Waits.Paused),
        new("accept-late", 5, "the auxiliary connection is accepted after 5 to 30 ms", Waits.AcceptLate),
        new("never-accept", 2, "the auxiliary connection is never accepted", Waits.NeverAccept),
        new("backlog-full", 5, "in memory: the server's connection gets no answer; elsewhere it is refused, as a server tries for a minute", Waits.BacklogFull),
        new("slow-command", 8, "a command that takes seconds, or writes 100 KB", Waits.SlowCommand),
        new("hosts", 24, "names and addresses of hosts where a name, a password or a command is expected", Logins.Hosts),
    ];

    private static readonly Family[] s_companions = [.. s_all.Where(family => family.Name is "whole-login" or "wrong-login" or "username-length" or "unfinished" or "field-empty" or "ended-early")];

    private static readonly byte[] s_ofShare = Shares();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Family> All => s_all;

    /// <summary>The one whose cases have companions.</summary>
    public static Family Interleaved { get; } = s_all.Single(family => family.Name == "interleaved");

    /// <summary>A family of which every case is safe for a real shell.</summary>
    public static Family Safest { get; } = new("whole-login", 0, "", Logins.Safest);

    /// <summary>The family of a number below <see cref="Whole"/>.</summary>
    public static Family Of(int share) => s_all[s_ofShare[share]];

    /// <summary>What a companion does.</summary>
    public static Family OfCompanion(Choices pick) => pick.Of(s_companions);

    private static void OfInterleaved(Draft draft) => OfCompanion(draft.Pick).Make(draft);

    private static byte[] Shares()
    {
        byte[] shares = [.. s_all.SelectMany((family, i) => Enumerable.Repeat((byte)i, family.Share))];
        return shares.Length == Whole ? shares : throw new InvalidOperationException($"the shares of the families add up to {shares.Length}, expected {Whole}");
    }
}
