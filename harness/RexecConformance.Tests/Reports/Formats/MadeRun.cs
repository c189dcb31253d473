using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Reports.Formats;

/// <summary>Reported runs made by hand.</summary>
internal static class MadeRun
{
    /// <summary>Text that no format may take for its own.</summary>
    public const string Hostile =
        "a\n\r\0\x1b[31m<script>alert(1)</script> <img src=x> </details></summary></code> `x` ``` [l](http://evil.example) ![i](http://evil.example) http://evil.example www.evil.example "
        + "a@evil.example @evil #12 | \\| %0A%25 ::error::x :, *b* _i_ ~s~ ]]> --> &amp; \u202e \u2028 \uffff \ud800 ... --- # SKIP # TODO not ok 1 \\# \"q\" 'q' é";

    public static ReportedCase Case(Verdict verdict, string id = "some-case", int place = 0, string reason = "why", string target = "tcp:host:512") => new()
    {
        Target = target,
        Dialect = "bsd44",
        Id = id,
        Segmentation = "whole",
        Title = "A title",
        Level = Level.Must,
        Topic = "port",
        File = $"scenarios/cases/port/{id}.yaml",
        Place = place,
        Tags = ["one"],
        Verdict = verdict,
        Reason = verdict == Verdict.Pass ? "" : reason,
        Requires = ["status-byte"],
        Reproduce = $"rexec-conformance run --target {target} --dialect bsd44 --id '{id}#whole'",
    };

    /// <summary>A case in which bytes came.</summary>
    public static ReportedCase Driven(
        string expected, byte[] came, StreamEnd end = StreamEnd.Fin, string id = "some-case", int place = 0, EndRule rule = EndRule.Fin, string target = "tcp:host:512")
    {
        ReportedCase made = Made.Run(null, 0, Made.Target(null, Made.Driven(Made.Expect(expected, rule), Made.Seen(came, end)))).Cases.Single();
        return Case(made.Verdict, id, place, made.Reason, target) with
        {
            Basis = made.Basis,
            Findings = made.Findings,
            ExpectedPrimary = made.ExpectedPrimary,
            ExpectedAux = made.ExpectedAux,
            Exchange = made.Exchange,
        };
    }

    public static ReportedCase Driven(string expected, string came, StreamEnd end = StreamEnd.Fin, string id = "some-case", int place = 0, EndRule rule = EndRule.Fin, string target = "tcp:host:512") =>
        Driven(expected, Made.Bytes(came), end, id, place, rule, target);

    public static ReportedTarget Target(string? failure, params IReadOnlyList<ReportedCase> cases) => new()
    {
        Target = cases.Count == 0 ? "tcp:host:512" : cases[0].Target,
        Dialect = "bsd44",
        Cases = cases,
        Failure = failure,
    };

    public static ReportedRun Run(params IReadOnlyList<ReportedTarget> targets) => new()
    {
        Suite = "0.1.0",
        Time = new DateTimeOffset(2026, 11, 21, 17, 0, 0, TimeSpan.Zero),
        Variants = targets.Count == 0 ? 0 : targets.Max(target => target.Cases.Count),
        Requirements = Made.Tree().Requirements,
        Targets = targets,
        ExitCode = targets.Any(target => target.Failure is not null) ? 3 : targets.Any(target => target.Cases.Any(one => one.IsRed)) ? 1 : 0,
    };

    /// <summary>One target with these cases.</summary>
    public static ReportedRun Run(params IReadOnlyList<ReportedCase> cases) => Run(Target(null, cases));

    /// <summary>A case of each verdict.</summary>
    public static ReportedRun AllVerdicts() => Run(
    [
        Driven("a", "a", id: "right"),
        Driven("a", "b", id: "wrong", place: 1),
        .. new[] { Verdict.Xfail, Verdict.Xpass, Verdict.Blocked, Verdict.Unsupported, Verdict.Unspecified, Verdict.Error }
            .Select((verdict, i) => Case(verdict, verdict.ToString().ToLowerInvariant(), i + 2)),
    ]);

    /// <summary>Hostile in every text and in the bytes.</summary>
    public static ReportedRun HostileRun() => Run(new ReportedTarget
    {
        Target = "tcp:" + Hostile,
        Dialect = "d" + Hostile,
        Failure = "f" + Hostile,
        Guesses = [new DialectGuess("g" + Hostile, 0, 3, 1)],
        Cases =
        [
            Driven("a", [.. Enumerable.Range(0, 256).Select(i => (byte)i), .. Made.Bytes(Hostile[..60])]) with { Title = "t" + Hostile, Reason = "r" + Hostile, Id = "i" + Hostile, Reproduce = "c" + Hostile },
            Case(Verdict.Error, "second", 1) with { Title = "t" + Hostile, Reason = "r" + Hostile, File = "p" + Hostile },
            Case(Verdict.Unsupported, "third", 2) with { Reason = "r" + Hostile },
            Case(Verdict.Xfail, "fourth", 3) with { Reason = "r" + Hostile },
        ],
    });

    public static string Write(IRunRenderer renderer, ReportedRun run)
    {
        using var output = new MemoryStream();
        renderer.Write(output, run, new RenderContext(Path.GetTempPath()));
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
