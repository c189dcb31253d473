using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>A small fixed set of cases that between them ask for everything that a dialect can state.</summary>
internal static class PlainCases
{
    private const string Both = "echo out; echo err >&2\0";

    /// <summary>For a server that was started in some other way.</summary>
    public static IReadOnlyList<FuzzCase> Few { get; } =
        [Cases.Of(AuxMode.None), Cases.Raw("0\0good\0secret\0" + Both), Cases.WithAux("good\0secret\0" + Both), Cases.Raw("0\0root\0secret\0" + Both)];

    /// <summary>For a server as it is.</summary>
    public static IReadOnlyList<FuzzCase> All { get; } = [.. Few, .. Logins(), .. Lengths(), .. Ports(), .. Ends(), .. Commands(), .. Waits()];

    private static IEnumerable<FuzzCase> Logins()
    {
        string[] who =
        [
            "good\0wrong\0", "nobody-here\0x\0", "GOOD\0secret\0", "emptypw\0any\0", "toor\0secret\0", "expired\0secret\0", "pwexpired\0secret\0", "nohome\0secret\0",
            "badsh\0secret\0", "noshell\0secret\0",
        ];
        return who.SelectMany(one => new[] { Cases.Raw("0\0" + one + Both), Cases.WithAux(one + Both) }).Append(Cases.Raw("0\0noshell\0secret\0" + Shell.Sh.Texts["print-environment"] + "\0"));
    }

    private static IEnumerable<FuzzCase> Lengths()
    {
        foreach (int length in new[] { 15, 16, 17, 18, 21, 81, 129, 257, 512, 513 })
        {
            yield return Cases.Raw($"0\0{new string('u', length)}\0x\0{Both}");
            yield return Cases.Raw($"0\0nobody-here\0{new string('p', length)}\0{Both}");
            yield return Cases.Raw($"0\0{new string('u', length)}");
            yield return Cases.Raw($"0\0good\0secret\0nosuch {new string('c', length - 7)}\0");
        }

        yield return Cases.WithAux($"{new string('u', 600)}\0x\0{Both}");
        foreach (int length in new[] { 8193, 8194, 10240, 10241, 20480, 20481, 131_072, 131_073 })
        {
            yield return Cases.Raw($"0\0good\0secret\0nosuch {new string('c', length - 7)}\0");
        }
    }

    private static IEnumerable<FuzzCase> Ports()
    {
        foreach (string port in new[] { "", "000", "65536", "abc0000000000000000" })
        {
            yield return Cases.Raw(port + "\0good\0secret\0" + Both);
        }

        foreach (AuxMode mode in new[] { AuxMode.Refuse, AuxMode.Privileged, AuxMode.BacklogFull, AuxMode.Reset })
        {
            yield return Cases.Of(mode, Cases.Aux(), Cases.Bytes("good\0secret\0" + Both));
        }

        yield return Cases.Of(AuxMode.Listen, Cases.Aux());
    }

    private static IEnumerable<FuzzCase> Ends()
    {
        foreach (string part in new[] { "", "0", "0\0goo", "0\0good\0sec", "0\0good\0secret\0echo" })
        {
            yield return Cases.Of(AuxMode.None, Cases.Bytes(part), Cases.HalfClose());
        }

        yield return Cases.Of(AuxMode.Listen, Cases.Aux(), Cases.Bytes("good\0secret\0" + Both), Cases.HalfClose());
        yield return Cases.Of(AuxMode.None, Cases.Bytes("0\0good\0secret\0cat\0hello"), Cases.HalfClose());
        yield return Cases.Of(
            AuxMode.Listen, Cases.Aux(), new AwaitAuxStep(TimeSpan.FromSeconds(1)), new HalfCloseStep(StreamName.Aux), Cases.Bytes("good\0secret\0" + Both));
        yield return Cases.Raw("0\0good\0secret\0echo out\0unread");
        yield return Cases.Raw("0\0good\0secret\0cat\0hello");
        yield return Cases.Raw("0\0good\0secret\0echo out\0") with { Companions = [Cases.Raw("0\0good\0secret\0echo out\0")] };
        yield return Cases.Raw("0\0good\0secret\0echo out\0") with { Fragments = new PerByteFragmentation() };
    }

    private static IEnumerable<FuzzCase> Commands() =>
        Shell.Sh.Texts.Values.Append("").SelectMany(text => new[] { Cases.Raw($"0\0good\0secret\0{text}\0"), Cases.WithAux($"good\0secret\0{text}\0") }).Append(Cases.Of(
            AuxMode.Listen, Cases.Aux(), Cases.Bytes("good\0secret\0sleep 2\0"), new AwaitAuxStep(TimeSpan.FromSeconds(1)), new PauseStep(TimeSpan.FromMilliseconds(400)),
            new SignalStep([15])));

    private static IEnumerable<FuzzCase> Waits()
    {
        yield return Cases.Raw("0\0goo");
        yield return Cases.Of(AuxMode.None, new PauseStep(TimeSpan.FromSeconds(20)), Cases.Bytes("0\0goo"));
        yield return Cases.Of(AuxMode.None, Cases.Bytes("0"), new PauseStep(TimeSpan.FromSeconds(45)), Cases.Bytes("\0good\0secret\0echo out\0"));
        yield return Cases.Of(AuxMode.None, Cases.Bytes("0\0good\0"), new PauseStep(TimeSpan.FromSeconds(45)), Cases.Bytes("secret\0echo out\0"));
    }
}
