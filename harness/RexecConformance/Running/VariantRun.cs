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

    /// <summary>Whether waiting is part of it.</summary>
    public bool Timed { get; private set; }

    /// <summary>Drives it once.</summary>
    public async Task<VariantResult> DriveAsync(AuxListenerPool pool, CancellationToken cancel)
    {
        Scenario scenario = Variant.Scenario;
        IPEndPoint? server = await _target.EndPointAsync(scenario.Network, scenario.Fault, cancel);
        if (server is null)
        {
            return Result(Verdict.Unsupported, scenario.Fault is null
                ? $"the target does not listen on {(scenario.Network == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")}"
                : $"the target can't be given the fault '{scenario.Fault}'");
        }

        AuxListener? aux = null;
        try
        {
            aux = scenario.Aux.Mode == AuxMode.None ? null : pool.Lend(_target.AuxAddress(server.AddressFamily), scenario.Aux);
            var context = new TargetContext(_target, aux?.Port ?? 0);
            IReadOnlyList<WireStep> steps = (Variant with { Scenario = _inShell! }).Expand(context);
            bool split = steps.Count(step => step is Send { Stream: StreamName.Primary }) > 1;
            ExpectedExchange expected = ExpectationResolver.Resolve(scenario, _dialect, context, _target.ArgumentList, split, out _)!;
            var exchange = new Exchange(
                steps, Wait(expected.Primary), Wait(expected.Aux), scenario.Reading?.After, scenario.Reading?.Buffer);
            Transcript transcript = await ExchangeDriver.DriveAsync(server, exchange, aux, cancel);
            return JudgeIt(expected, transcript);
        }
        catch (SocketException e)
        {
            return Result(Verdict.Error, $"no port for the auxiliary connection: {e.Message}");
        }
        finally
        {
            aux?.Dispose();
        }
    }

    private VariantResult JudgeIt(ExpectedExchange expected, Transcript transcript)
    {
        expected = Proxied.Relax(expected, _target);
        IReadOnlyList<Finding> findings = Judge.Compare(expected, transcript);
        Deviation? deviation = _target.Deviations.FirstOrDefault(d => d.Covers(Variant));
        (Verdict verdict, string reason) = (findings.Count, deviation) switch
        {
            _ when transcript.SegmentProof == SegmentProof.Merged =>
                (Verdict.Error, $"{transcript.Fragments} fragments left as {transcript.Segments} TCP segments: nothing is proved"),
            (0, null) => (Verdict.Pass, ""),
            (0, { } listed) => (Verdict.Xpass, $"passes, but is listed as a deviation: {listed.Reason}"),
            (_, null) => (Verdict.Fail, string.Join("; ", findings.Select(f => f.Text))),
            (_, { } listed) => (Verdict.Xfail, listed.Reason),
        };
        return Result(verdict, reason) with { Findings = findings, Expected = expected, Transcript = transcript };
    }

    private VariantResult? Check()
    {
        Scenario scenario = Variant.Scenario;
        if (_inShell is null)
        {
            return Result(Verdict.Unsupported, $"the shell '{_target.Shell.Name}' has no text for this operation");
        }

        if (scenario.Accounts.FirstOrDefault(key => TargetContext.Find(_target, key) is null) is { } missing)
        {
            return Result(Verdict.Unsupported, $"the target has no account '{missing}'");
        }

        IEnumerable<string> needs = scenario.Needs;
        needs = scenario.Network == AddressFamily.InterNetworkV6 ? needs.Append("ipv6") : needs;
        needs = scenario.Fault is null ? needs : needs.Append("fault:" + scenario.Fault);
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
        return expected is null ? Result(Verdict.Unspecified, unspecified!) : null;
    }

    private static StreamWait Wait(ExpectedStream expected) => new(
        expected.Connected,
        expected.Content.MinLength,
        expected.End == EndRule.Open && expected.Connected ? expected.OpenFor : null,
        expected.Within + TimeSpan.FromSeconds(2) ?? StreamWait.DefaultWithin);

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
