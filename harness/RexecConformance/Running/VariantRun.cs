using System.Net;
using System.Net.Sockets;
using RexecConformance.Dialects;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Running;

/// <summary>One variant on one target: decides whether it can be driven, drives it, judges it.</summary>
internal sealed class VariantRun
{
    /// <summary>How long a step waits for what a dialect never sends, and an end that is not judged is waited for.</summary>
    // Most daemons read the request with a system call for each byte: two megabytes take seconds, on a busy machine many.
    private static readonly TimeSpan s_readingOneByte = TimeSpan.FromMicroseconds(20);
    private static readonly TimeSpan s_waitInVain = TimeSpan.FromMilliseconds(200);

    private readonly ITarget _target;
    private readonly Dialect _dialect;
    private readonly Scenario? _inShell;

    public VariantRun(Variant variant, ITarget target, Dialect dialect)
    {
        Variant = variant;
        _target = target;
        _dialect = dialect;
        _inShell = TargetContext.WithShell(variant.Scenario, target.Shell);
        Undriven = Check();
    }

    /// <summary>The case.</summary>
    public Variant Variant { get; }

    /// <summary>The result, if it is known without driving anything (unsupported, unspecified).</summary>
    public VariantResult? Undriven { get; }

    /// <summary>How many connections it makes.</summary>
    public int Connections => Variant.Scenario.Sessions + (Variant.Scenario.Others?.Connected ?? 0);

    /// <summary>Whether waiting is part of it.</summary>
    public bool Timed { get; private set; }

    /// <summary>The longest wait that is part of it, and what for; zero if none is.</summary>
    public (TimeSpan Longest, string For) Waits { get; private set; }

    /// <summary>Drives it once.</summary>
    public async Task<VariantResult> DriveAsync(AuxListenerPool pool, CancellationToken cancel)
    {
        if (_target is RecordedTarget recorded)
        {
            return JudgeRecorded(recorded);
        }

        Scenario scenario = Variant.Scenario;
        IPEndPoint? server = await _target.EndPointAsync(scenario.Network, scenario.Setup, cancel);
        if (server is null)
        {
            return Result(Verdict.Unsupported, scenario.Setup.IsPlain
                ? $"the target does not listen on {(scenario.Network == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")}"
                : $"the target can't be started with {scenario.Setup}");
        }

        try
        {
            await using HeldClients others = await HeldClients.ConnectAsync(server, scenario.Others, cancel);
            Session[] sessions = await Task.WhenAll(
                Enumerable.Range(0, scenario.Sessions).Select(_ => DriveSessionAsync(server, pool, cancel)));
            return JudgeThem(sessions);
        }
        catch (SocketException e)
        {
            return Result(Verdict.Error, $"no port for the auxiliary connection: {e.Message}");
        }
    }

    private async Task<Session> DriveSessionAsync(IPEndPoint server, AuxListenerPool pool, CancellationToken cancel)
    {
        Scenario scenario = Variant.Scenario;
        AuxListener? aux = null;
        try
        {
            aux = scenario.Aux.Mode == AuxMode.None ? null : await pool.LendAsync(_target.AuxAddress(server.AddressFamily), scenario.Aux, cancel);
            var context = new TargetContext(_target, aux?.Port ?? 0);
            IReadOnlyList<WireStep> steps = (Variant with { Scenario = _inShell! }).Expand(context);
            bool split = steps.Count(step => step is Send { Stream: StreamName.Primary }) > 1;
            ExpectedExchange expected = Proxied.Relax(
                ExpectationResolver.Resolve(scenario, _dialect, context, _target.ArgumentList, split, out _)!, _target);
            int sent = steps.OfType<Send>().Where(step => step.Stream == StreamName.Primary).Sum(step => step.Bytes.Length);
            var exchange = new Exchange(
                steps,
                Wait(expected.Primary, sent),
                expected.Aux.Check ? Wait(expected.Aux, sent) : Wait(expected.Aux, sent) with { Within = s_waitInVain },
                scenario.Reading?.After,
                scenario.Reading?.Buffer,
                expected.NeverAnswers ? s_waitInVain : null);
            Transcript transcript = await ExchangeDriver.DriveAsync(server, exchange, aux, cancel);
            return new Session(expected, transcript, split, Named(expected, transcript, Judge.Compare(expected, transcript)));
        }
        finally
        {
            aux?.Dispose();
        }
    }

    /// <summary>Where a captured server would be another dialect's, what that dialect does otherwise is said beside what differs.</summary>
    private IReadOnlyList<Finding> Named(ExpectedExchange expected, Transcript transcript, IReadOnlyList<Finding> findings)
    {
        Scenario scenario = Variant.Scenario;
        if (findings.Count == 0 || scenario.Captured is not { Known.Count: > 0 } captured)
        {
            return findings;
        }

        static byte[] Literal(ExpectedStream stream) => [.. stream.Content.Parts.SelectMany(part => part.Bytes ?? [])];
        var what = new CapturedAndSeen(
            scenario.AsksForAux,
            scenario.EndsUnfinished,
            Literal(expected.Primary),
            expected.Aux is { Connected: true, Check: true } ? Literal(expected.Aux) : null,
            transcript.Primary.Bytes,
            expected.Aux.Check && transcript.Aux.Connected ? transcript.Aux.Bytes : null,
            findings.Any(finding => finding.Kind == FindingKind.End));
        return [.. findings, .. DialectDifference.Of(captured.Known, _dialect, what).Select(text => new Finding(FindingKind.Dialect, null, $"the dialects differ: {text}"))];
    }

    /// <summary>Judges what a baseline holds as if it had come now.</summary>
    private VariantResult JudgeRecorded(RecordedTarget recorded)
    {
        if (recorded.Find(Variant, out string? missing) is not { } found)
        {
            return Result(Verdict.Unsupported, missing!);
        }

        var context = new TargetContext(_target, auxPort: 1);
        int sends = (Variant with { Scenario = _inShell! }).Expand(context).Count(step => step is Send { Stream: StreamName.Primary });
        ExpectedExchange expected = ExpectationResolver.Resolve(Variant.Scenario, _dialect, context, _target.ArgumentList, sends > 1, out _)!;
        return JudgeThem([.. found.Exchanges.Select(exchange =>
        {
            var transcript = new Transcript
            {
                Events = [],
                Primary = exchange.Primary.ToTranscript(expected.Primary),
                Aux = exchange.Aux.ToTranscript(expected.Aux),
                StepsDoneAt = TimeSpan.Zero,
                UnmetAwaits = exchange.UnmetAwaits,
                ConnectError = exchange.ConnectError,
                Fragments = sends,
                Duration = TimeSpan.Zero,
            };
            return new Session(expected, transcript, sends > 1, Judge.Compare(expected, transcript));
        })]);
    }

    private VariantResult JudgeThem(Session[] sessions)
    {
        List<Finding> findings = [.. sessions.Length == 1
            ? sessions[0].Findings
            : sessions.SelectMany((s, i) => s.Findings.Select(f => f with { Text = $"session {i + 1} of {sessions.Length}: {f.Text}" }))];

        // The bytes that are shown are those of the first session that went wrong.
        Session shown = sessions.FirstOrDefault(s => s.Findings.Count > 0) ?? sessions[0];
        Transcript transcript = sessions.FirstOrDefault(s => s.Transcript.SegmentProof == SegmentProof.Merged)?.Transcript ?? shown.Transcript;
        Deviation? deviation = _target.Deviations.FirstOrDefault(d => d.Covers(Variant));
        (Verdict verdict, string reason) = (findings.Count, deviation) switch
        {
            _ when transcript.SegmentProof == SegmentProof.Merged =>
                (Verdict.Error, $"{transcript.Fragments} fragments left as {transcript.Segments} TCP segments: nothing is proved"),
            (0, null) => (Verdict.Pass, ""),
            (0, { } listed) => (Verdict.Xpass, $"passes, but is listed as a deviation: {listed.Reason}"),
            (_, null) => (Verdict.Fail, Reason(sessions)),
            (_, { Observed: { } observed } listed) when !sessions.All(s => observed.Fits(s.Transcript)) =>
                (Verdict.Fail, $"fails in another way than its deviation '{listed.Scenario}' says: {Reason(sessions)}"),
            (_, { } listed) => (Verdict.Xfail, listed.Reason),
        };
        return Result(verdict, reason) with
        {
            Findings = findings,
            Expected = shown.Expected,
            Transcript = transcript,
            Split = shown.Split,
            Exchanges = [.. sessions.Select(s => new JudgedExchange(s.Expected, s.Transcript))],
        };
    }

    /// <summary>What the first session that went wrong shows, and how many others did: eight that fail alike are one line.</summary>
    private static string Reason(Session[] sessions)
    {
        Session[] red = [.. sessions.Where(s => s.Findings.Count > 0)];
        string first = string.Join("; ", red[0].Findings.Select(f => f.Text));
        return sessions.Length == 1 ? first
            : $"session {Array.IndexOf(sessions, red[0]) + 1} of {sessions.Length}: {first}"
                + (red.Length == 1 ? "" : $" (and {red.Length - 1} more of the sessions are red)");
    }

    private VariantResult? Check()
    {
        Scenario scenario = Variant.Scenario;
        if (_inShell is null)
        {
            return Result(Verdict.Unsupported, $"the shell '{_target.Shell.Name}' has no text for this operation");
        }

        if ((scenario.Captured is not null || scenario.Fuzzed is not null) && _target.Shell.Name != Shell.Sh.Name)
        {
            return Result(Verdict.Unsupported, $"the command, as it was seen, is for sh, not for the shell '{_target.Shell.Name}'");
        }

        if (scenario.Accounts.FirstOrDefault(key => TargetContext.Find(_target, key) is null) is { } missing)
        {
            return Result(Verdict.Unsupported, $"the target has no account '{missing}'");
        }

        IEnumerable<string> needs = scenario.Needs;
        needs = scenario.Network == AddressFamily.InterNetworkV6 ? needs.Append("ipv6") : needs;
        needs = needs.Concat(scenario.Setup.Needs);
        needs = scenario.UsesArgumentList ? needs.Append("argument-list") : needs;
        needs = scenario.Aux.Mode == AuxMode.Privileged ? needs.Append("privileged-port") : needs;
        if (needs.FirstOrDefault(need => !_target.Capabilities.Contains(need)) is { } lacking)
        {
            return Result(Verdict.Unsupported, $"the target lacks '{lacking}'");
        }

        if (Proxied.Lacks(Variant, _target) is { } withheld)
        {
            return Result(Verdict.Unsupported, withheld);
        }

        ExpectedExchange? expected = ExpectationResolver.Resolve(
            scenario, _dialect, new TargetContext(_target, 1), _target.ArgumentList, split: false, out string? unspecified);
        Timed = scenario.IsTimed || expected is { Primary.NotBefore: not null } or { Primary.OpenFor: not null } or { Aux.OpenFor: not null };
        Waits = expected is null ? default : LongestWait.Of(scenario, expected);
        return expected is null ? Result(Verdict.Unspecified, unspecified!) : null;
    }

    private static StreamWait Wait(ExpectedStream expected, int sent) => new(
        expected.Connected,
        expected.Content.MinLength,
        expected.End == EndRule.Open && expected.Connected ? expected.OpenFor : null,
        expected.Within + TimeSpan.FromSeconds(2) ?? StreamWait.DefaultWithin + (s_readingOneByte * sent));

    private sealed record Session(ExpectedExchange Expected, Transcript Transcript, bool Split, IReadOnlyList<Finding> Findings);

    private VariantResult Result(Verdict verdict, string reason) => new()
    {
        Target = _target.Name,
        Dialect = _dialect.Name,
        Variant = Variant,
        Verdict = verdict,
        Reason = reason,
        Timed = Timed,
    };
}
