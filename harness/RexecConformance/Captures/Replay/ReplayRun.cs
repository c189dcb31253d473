using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Captures.Tcp;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Replay;

/// <summary>The outcome of driving one captured conversation to a target.</summary>
/// <param name="Conversation">What was captured.</param>
/// <param name="Notes">What was changed on the way (credentials, port), and what could not be kept.</param>
/// <param name="Findings">The comparison with the captured server; empty if it could not be driven.</param>
/// <param name="Transcript">What came back, or null if it could not be driven.</param>
/// <param name="NotDriven">Why it was not driven, or null.</param>
public sealed record ReplayResult(
    Conversation Conversation,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ReplayFinding> Findings,
    Transcript? Transcript,
    string? NotDriven)
{
    /// <summary>True if anything could be compared at all.</summary>
    public bool Compared => Findings.Any(finding => finding.Compared);

    /// <summary>True if the target answered otherwise than the captured server.</summary>
    public bool Differs => Findings.Any(finding => finding.IsDifference);
}

/// <summary>Drives the client side of a captured conversation to a target and compares what comes back.</summary>
public static class ReplayRun
{
    // What a captured server took (PAM's delay, a long command) is in the script's own waits; this is for the end.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Drives one conversation.</summary>
    /// <param name="conversation">The captured exchange.</param>
    /// <param name="target">The target, started.</param>
    /// <param name="account">The target's account whose name and password take the place of the captured ones where the captured server
    /// accepted them; null sends them as captured.</param>
    /// <param name="options">Pace and patience.</param>
    /// <param name="judging">What counts, and what is known of the two servers.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ReplayResult> DriveAsync(
        Conversation conversation, ITarget target, Account? account, ReplayOptions options, ReplayJudging judging, CancellationToken cancel)
    {
        ReplayScript? script = ReplayScript.TryCreate(conversation, options, out string? reason);
        if (script is null)
        {
            return new ReplayResult(conversation, [], [], null, reason);
        }

        if (account is not null && conversation.Accepted == true)
        {
            script = script.Substitute(account.Name, account.Password);
            judging = judging with { UserName = System.Text.Encoding.UTF8.GetBytes(account.Name) };
        }

        // The captured family where the target has it.
        bool v6 = conversation.Server.Host.IsV6;
        IPEndPoint? server = await target.EndPointAsync(v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, ServerSetup.Plain, cancel)
            ?? await target.EndPointAsync(v6 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, ServerSetup.Plain, cancel);
        if (server is null)
        {
            return new ReplayResult(conversation, script.Notes, [], null, "the target has no address");
        }

        using AuxListener? aux = script.AuxMode == AuxMode.None
            ? null
            : await AuxListener.SingleAsync(target.AuxAddress(server.AddressFamily), new AuxBehaviour(script.AuxMode, TimeSpan.Zero), cancel);
        if (aux is not null)
        {
            script = script.WithAuxPort(aux.Port);
        }

        StreamWait wait = StreamWait.ForEnd with { Within = s_patience, Bytes = 16 * 1024 * 1024 };
        bool auxExpected = conversation.AuxOutcome == AuxOutcome.Connected;
        var exchange = new Exchange(script.Actions, wait, wait with { ExpectConnection = auxExpected });
        Transcript transcript = await ExchangeDriver.DriveAsync(server, exchange, aux, cancel);
        if (transcript.ConnectError is { } error)
        {
            return new ReplayResult(conversation, script.Notes, [], transcript, error);
        }

        var observed = new ObservedReplay(Observed(transcript.Primary), Observed(transcript.Aux), AuxInTime(script, transcript));
        return new ReplayResult(conversation, script.Notes, ReplayComparison.Compare(conversation, observed, judging), transcript, null);
    }

    private static bool? AuxInTime(ReplayScript script, Transcript transcript) => script.Actions.Any(action => action is AwaitAux)
        ? !transcript.UnmetAwaits.Any(text => text.StartsWith(ExchangeDriver.AuxAwait, StringComparison.Ordinal))
        : null;

    private static ObservedStream Observed(StreamTranscript stream) => stream.Connected
        ? new ObservedStream(
            stream.Bytes,
            stream.End switch
            {
                StreamEnd.Fin => EndOfStream.Fin,
                StreamEnd.Rst => EndOfStream.Rst,
                _ => EndOfStream.None,
            },
            Connected: true)
        : ObservedStream.Absent;
}
