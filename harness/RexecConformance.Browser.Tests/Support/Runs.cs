using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Requirements;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Browser.Tests.Support;

/// <summary>Runs that never took place, made for the tests.</summary>
internal static class Runs
{
    /// <summary>The text that servers of a real run send most.</summary>
    public const string TooLong = "\u0001username too long\n";

    /// <summary>Three targets, some cases of each verdict, one target that failed, one with a guess.</summary>
    public static ReportedRun Small()
    {
        ReportedCase[] good =
        [
            Case("login", "whole", "A plain login", reply: "\0out\n", expected: "\0out\n"),
            Case("username-15", "whole", "A user name of 15 characters", reply: TooLong, expected: TooLong, end: StreamEnd.Rst, rule: EndRule.Rst) with { Level = Level.Dialect, Topic = "limits", Tags = ["limits", "username"] },
            Case("aux-port", "per-field", "Error output goes to the stderr connection", reply: "\0out\n", expected: "\0out\n", aux: "err\n"),
            Case("slow", "whole", "A server that says nothing", Verdict.Unspecified, reason: "bsd44 says nothing about login-timeout"),
        ];
        ReportedCase[] red =
        [
            good[0] with { Target = "tcp:127.0.0.1:512" },
            Red() with { Target = "tcp:127.0.0.1:512" },
            good[2] with { Target = "tcp:127.0.0.1:512", Verdict = Verdict.Xfail, Reason = "deviation: no stderr connection", Tags = ["aux"] },
            good[3] with { Target = "tcp:127.0.0.1:512", Verdict = Verdict.Unsupported, Reason = "the target lacks a shell" },
        ];
        return Of(
            new ReportedTarget { Target = "reference:bsd44", Dialect = "bsd44", Cases = good, Timeless = 4, TimelessMilliseconds = 3 },
            new ReportedTarget { Target = "tcp:127.0.0.1:512", Dialect = "bsd44", Cases = red, Guesses = [new DialectGuess("debian", 0, 540, 4)] },
            new ReportedTarget { Target = "inetd:/usr/sbin/in.rexecd", Dialect = "debian", Cases = [good[0] with { Target = "inetd:/usr/sbin/in.rexecd", Dialect = "debian" }], Failure = "the server went away" });
    }

    /// <summary>A red case: another text, and closed in order where a reset was due.</summary>
    public static ReportedCase Red() => Case("username-15", "whole", "A user name of 15 characters", Verdict.Fail, "\0out\n", TooLong, rule: EndRule.Rst) with
    {
        Reason = "primary: at offset 0 expected 01, received 00",
        Level = Level.Dialect,
        Topic = "limits",
        Tags = ["limits", "username"],
        Findings =
        [
            new Finding(FindingKind.Bytes, StreamName.Primary, "primary: at offset 0 expected 01, received 00", 0),
            new Finding(FindingKind.End, StreamName.Primary, "primary: expected a reset (RST), but it was closed in order (FIN)"),
        ],
    };

    /// <summary>A run of targets, with the requirement that all cases name.</summary>
    public static ReportedRun Of(params ReportedTarget[] targets) => new()
    {
        Suite = "0.1.0",
        Time = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        Variants = targets.Max(target => target.Cases.Count),
        Requirements = new Dictionary<string, Requirement>
        {
            ["username-limit"] = new("username-limit", "A user name has a longest length.", "must", ["bsd44", "debian"],
                [new RequirementSource("manual of rexecd", 0, 0, "DIAGNOSTICS", "username too long", 0)], null, "", 0),
        },
        Targets = targets,
        ExitCode = targets.Any(target => target.Cases.Any(one => one.IsRed)) ? 1 : 0,
    };

    /// <summary>One case, driven unless the verdict says otherwise. Texts of streams have a byte in each character.</summary>
    public static ReportedCase Case(string id, string segmentation, string title, Verdict verdict = Verdict.Pass, string reply = "", string expected = "",
        StreamEnd end = StreamEnd.Fin, EndRule rule = EndRule.Fin, string? aux = null, string reason = "", int number = 0)
    {
        bool driven = verdict is not (Verdict.Unspecified or Verdict.Unsupported or Verdict.Blocked);
        return new ReportedCase
        {
            Target = "reference:bsd44",
            Dialect = "bsd44",
            Place = 0,
            Id = id,
            Segmentation = segmentation,
            Title = title,
            Level = Level.Must,
            Topic = "session",
            Tags = ["plain"],
            Verdict = verdict,
            Reason = reason,
            Requires = ["username-limit"],
            Basis = driven ? [new BasisLine("text", new Basis(BasisKind.Observed, "rexecd 8.1 built on Linux", "row 7", null)), new BasisLine("end", new Basis(BasisKind.Source, "rexecd.c", null, "a note"))] : [],
            ExpectedPrimary = driven ? Expected(expected, rule) : null,
            ExpectedAux = driven ? Expected(aux ?? "", EndRule.Fin) with { Connected = aux is not null } : null,
            Exchange = driven ? Exchange(reply, end, aux, number) : null,
            Reproduce = $"rexec-conformance run --target reference:bsd44 --id '{id}#{segmentation}'",
        };
    }

    /// <summary>What had to come.</summary>
    public static ReportedExpectation Expected(string text, EndRule rule) => new()
    {
        Check = true,
        Connected = true,
        Parts = text.Length == 0 ? [] : [new ReportedPart(Bytes(text), null)],
        End = rule,
    };

    /// <summary>Bytes of a text that has one in each character; none is hidden.</summary>
    public static ReportedBytes Bytes(string text) => ReportedBytes.Of(System.Text.Encoding.Latin1.GetBytes(text));

    private static ReportedExchange Exchange(string reply, StreamEnd end, string? aux, int number)
    {
        static TimeSpan At(int microseconds) => TimeSpan.FromMicroseconds(microseconds);
        int late = number * 37 % 900;
        string request = $"{(aux is null ? "0" : "40123")}\0good\0******\0echo out{(number == 0 ? "" : $" {number}")}\0";
        return new ReportedExchange
        {
            Did =
            [
                new ReportedEvent(At(300 + late), StreamName.Primary, Bytes(request[..8]), "sent"),
                new ReportedEvent(At(350 + late), null, null, "pause 1 ms"),
                new ReportedEvent(At(400 + late), StreamName.Primary, Bytes(request[8..]), "sent"),
                new ReportedEvent(At(450 + late), StreamName.Primary, null, "half-close"),
            ],
            Primary = Stream(reply, 200 + late, end),
            Aux = aux is null ? Stream(null, 0, end) : Stream(aux, 500 + late, StreamEnd.Fin),
            StepsDoneAt = At(460 + late),
            Fragments = 2,
            Segments = 2,
            SegmentProof = SegmentProof.Proved,
            Duration = At(2000 + late),
        };
    }

    private static ReportedStream Stream(string? text, int at, StreamEnd end) => text is null ? new ReportedStream { Connected = false } : new ReportedStream
    {
        Connected = true,
        ConnectedAt = TimeSpan.FromMicroseconds(at),
        Bytes = Bytes(text),
        Pieces = text.Length == 0 ? [] : [new ReportedPiece(TimeSpan.FromMicroseconds(at + 600), text.Length)],
        PieceCount = text.Length == 0 ? 0 : 1,
        End = end,
        EndAt = TimeSpan.FromMicroseconds(at + 700),
    };
}
