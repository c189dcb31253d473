using RexecConformance.Bytes;
using RexecConformance.Captures.Importing;
using RexecConformance.Captures.Tcp;
using RexecConformance.Judging;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Replay;

/// <summary>Compares what a target did with what the captured server did.</summary>
public static class ReplayComparison
{
    /// <summary>All findings, equal ones too, so that a report can show what was looked at.</summary>
    /// <param name="conversation">The captured conversation.</param>
    /// <param name="observed">What came back when its script was driven.</param>
    /// <param name="judging">What counts, and what is known of the two servers; null judges all and knows nothing.</param>
    public static IReadOnlyList<ReplayFinding> Compare(Conversation conversation, ObservedReplay observed, ReplayJudging? judging = null)
    {
        judging ??= new ReplayJudging();
        var primary = ServerReply.OfPrimary(observed.Primary.Bytes);
        var aux = ServerReply.OfAux(observed.Aux.Bytes, primary);
        List<ReplayFinding> findings = [.. Order(conversation, observed)];
        foreach (var stream in Streams(conversation, observed))
        {
            var (reply, seen) = stream == StreamName.Primary ? (primary, observed.Primary) : (aux, observed.Aux);
            findings.Add(Handshake(conversation, stream, reply));
            findings.Add(EndComparison.Compare(conversation, stream, seen, observed.EndsUncertain));
            findings.Add(OutputComparison.Compare(conversation, stream, seen.Connected, reply.Output, judging));
        }

        findings.AddRange(Reasons(conversation, observed, judging, findings));
        return findings;
    }

    private static IEnumerable<ReplayFinding> Reasons(
        Conversation conversation, ObservedReplay observed, ReplayJudging judging, IReadOnlyList<ReplayFinding> findings)
    {
        if (judging.Target is not { } target || !findings.Any(finding => finding.IsDifference))
        {
            return [];
        }

        var what = new CapturedAndSeen(
            conversation.AuxPort != 0,
            RefusalCause.EndedWithin(conversation),
            Captured(conversation, StreamName.Primary)!,
            Captured(conversation, StreamName.Aux),
            observed.Primary.Bytes.ToArray(),
            conversation.AuxOutcome != AuxOutcome.NotInFile && observed.Aux.Connected ? observed.Aux.Bytes.ToArray() : null,
            findings.Any(finding => finding is { Kind: FindingKind.End, IsDifference: true }
                && (finding.Stream == StreamName.Aux ? observed.Aux : observed.Primary).End != EndOfStream.None));
        return DialectDifference.Of(judging.Captured, target, what).Select(text => new ReplayFinding(FindingKind.Dialect, null, text, false));
    }

    private static byte[]? Captured(Conversation conversation, StreamName stream) => conversation.Sent(Side.Server, stream)?.Prefix.ToArray();

    // An aux connection that only one of the two has is a finding about order; there are no two streams to compare then,
    // except that the status byte may have moved there.
    private static IEnumerable<StreamName> Streams(Conversation conversation, ObservedReplay observed)
    {
        yield return StreamName.Primary;
        if (conversation.AuxOutcome == AuxOutcome.Connected || observed.Aux.Connected)
        {
            yield return StreamName.Aux;
        }
    }

    private static ReplayFinding Handshake(Conversation conversation, StreamName stream, ServerReply reply)
    {
        if (stream == StreamName.Aux && conversation.AuxOutcome == AuxOutcome.NotInFile)
        {
            return new(FindingKind.Handshake, stream, $"not in the file; observed {Quote(reply.Handshake)}: nothing to compare", false);
        }

        if (conversation.Sent(Side.Server, stream) is null or { Length: 0, End: EndOfStream.None })
        {
            return new(FindingKind.Handshake, stream, $"the file shows nothing of the server here; observed {Quote(reply.Handshake)}: nothing to compare", false);
        }

        var captured = conversation.Reply(stream).Handshake;
        if (captured.AsSpan().SequenceEqual(reply.Handshake))
        {
            return new(FindingKind.Handshake, stream, $"the same: {Quote(captured)}", false);
        }

        // Bytes that are lost before the first known one may be the very ones that seem to be missing.
        if (conversation.Sent(Side.Server, stream) is { Lost: [{ } lost, ..] } && lost.Offset <= captured.Length)
        {
            return new(FindingKind.Handshake, stream, $"observed {Quote(reply.Handshake)}; the captured bytes from offset {lost.Offset} on are lost: not compared", false);
        }

        return new(FindingKind.Handshake, stream, $"captured {Quote(captured)}, observed {Quote(reply.Handshake)}", true);
    }

    private static IEnumerable<ReplayFinding> Order(Conversation conversation, ObservedReplay observed)
    {
        switch (conversation.AuxOutcome, observed.Aux.Connected)
        {
            case (AuxOutcome.Connected, false):
                yield return new(FindingKind.Order, StreamName.Aux, "the captured server made the aux connection, the target did not", true);
                break;
            case (AuxOutcome.Connected or AuxOutcome.NotInFile, true) when observed.AuxInTime == false:
                var early = conversation.AuxBeforeUserName;
                yield return new(
                    FindingKind.Order,
                    StreamName.Aux,
                    early == true
                        ? "the captured server made the aux connection before it got the user name, the target only after"
                        : "the target made the aux connection later than it was awaited",
                    early == true);
                break;
            case (AuxOutcome.Connected, true):
                var when = conversation.AuxBeforeUserName == true ? " before the user name was sent" : "";
                yield return new(FindingKind.Order, StreamName.Aux, $"the same: the aux connection was made{when}", false);
                break;
            case (AuxOutcome.NotInFile, var connected):
                yield return new(FindingKind.Order, StreamName.Aux, $"the aux connection is not in the file; the target made {(connected ? "one" : "none")}: not compared", false);
                break;
            case (AuxOutcome.NotAsked or AuxOutcome.Failed, true):
                yield return new(FindingKind.Order, StreamName.Aux, "the target made an aux connection, the captured server had none", true);
                break;
        }
    }

    private static string Quote(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "nothing" : $"\"{ByteText.Escape(bytes, 200)}\"";
}
