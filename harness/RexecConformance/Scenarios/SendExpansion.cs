using RexecConformance.Bytes;
using RexecConformance.Wire;

namespace RexecConformance.Scenarios;

/// <summary>From the steps of a client to what goes over the wire.</summary>
public static class SendExpansion
{
    /// <summary>What the client does, with all places filled in and the bytes cut into segments.</summary>
    /// <param name="send">What the client does.</param>
    /// <param name="fragmentation">How its bytes on the primary connection are cut.</param>
    /// <param name="context">What the places stand for.</param>
    /// <exception cref="KeyNotFoundException">The target lacks an account.</exception>
    public static IReadOnlyList<WireStep> Expand(IReadOnlyList<SendStep> send, Fragmentation fragmentation, IByteContext context)
    {
        // Offsets count over all bytes of the primary; an act between two sending steps always ends a segment.
        var steps = new List<WireStep>();
        var run = new List<(BytesStep Step, byte[] Bytes)>();
        int offset = 0;
        foreach (SendStep step in send)
        {
            if (step is BytesStep bytes)
            {
                run.Add((bytes, bytes.Bytes.Resolve(context)));
                continue;
            }

            offset = Flush(steps, run, offset, fragmentation, context);
            steps.AddRange(Translate(step, context));
        }

        _ = Flush(steps, run, offset, fragmentation, context);
        return steps;
    }

    private static int Flush(
        List<WireStep> steps, List<(BytesStep Step, byte[] Bytes)> run, int offset, Fragmentation fragmentation, IByteContext context)
    {
        if (run.Count == 0)
        {
            return offset;
        }

        if (fragmentation is CapturedFragmentation captured)
        {
            FlushCaptured(captured, steps, run, context);
            return offset;
        }

        byte[] all = Joined(run);
        int from = 0;
        foreach (int cut in Cuts(run, offset, all.Length, fragmentation).Append(all.Length))
        {
            if (cut > from && cut <= all.Length)
            {
                steps.Add(new Send(Transcripts.StreamName.Primary, from == 0 && cut == all.Length ? all : all[from..cut]));
                from = cut;
            }
        }

        run.Clear();
        return offset + all.Length;
    }

    private static void FlushCaptured(
        CapturedFragmentation captured, List<WireStep> steps, List<(BytesStep Step, byte[] Bytes)> run, IByteContext context)
    {
        var segment = new List<byte>();
        void Segment()
        {
            if (segment.Count > 0)
            {
                steps.Add(new Send(Transcripts.StreamName.Primary, [.. segment]));
                segment.Clear();
            }
        }

        foreach ((BytesStep step, byte[] bytes) in run)
        {
            int from = 0;
            foreach (CapturedCut cut in captured.Cuts.Where(cut => cut.Field == step.Kind))
            {
                int to = Math.Max(from, cut.Offset(bytes.Length));
                segment.AddRange(bytes[from..to]);
                from = to;
                Segment();
                steps.AddRange(cut.Then.SelectMany(then => Translate(then, context)));
            }

            segment.AddRange(bytes[from..]);
            if (!step.IsField)
            {
                Segment();
            }
        }

        Segment();
        run.Clear();
    }

    private static IEnumerable<int> Cuts(List<(BytesStep Step, byte[] Bytes)> run, int offset, int length, Fragmentation fragmentation)
    {
        switch (fragmentation)
        {
            case PerByteFragmentation:
                return Enumerable.Range(1, length);
            case SplitFragmentation split:
                return split.Offsets.Select(at => at - offset);
            case WholeFragmentation:
                return [];
            default:
                var cuts = new List<int>();
                int at = 0;
                foreach ((BytesStep step, byte[] bytes) in run)
                {
                    at += bytes.Length;
                    if (Ends(step, fragmentation))
                    {
                        cuts.Add(at);
                    }
                }

                return cuts;
        }
    }

    private static bool Ends(BytesStep step, Fragmentation fragmentation) =>
        fragmentation is PerFieldFragmentation || (fragmentation is AfterFragmentation after && after.Fields.Contains(step.Kind));

    private static byte[] Joined(List<(BytesStep Step, byte[] Bytes)> run)
    {
        byte[] all = new byte[run.Sum(part => part.Bytes.Length)];
        int at = 0;
        foreach ((_, byte[] bytes) in run)
        {
            bytes.CopyTo(all, at);
            at += bytes.Length;
        }

        return all;
    }

    private static IEnumerable<WireStep> Translate(SendStep step, IByteContext context) => step switch
    {
        PauseStep pause => [new Pause(pause.Duration)],
        AwaitAuxStep aux => [new AwaitAux(aux.Within)],
        AwaitBytesStep bytes => [new AwaitBytes(bytes.Stream, bytes.Bytes.Resolve(context).Length, bytes.Within)],
        AwaitEndStep end => [new AwaitEnd(end.Stream, end.Within)],
        SignalStep { Together: true } signal => [new Send(Transcripts.StreamName.Aux, [.. signal.Signals])],
        SignalStep signal => [.. signal.Signals.Select(number => new Send(Transcripts.StreamName.Aux, [number]))],
        HalfCloseStep half => [new HalfClose(half.Stream)],
        CloseStep close => [new Close(close.Stream)],
        ResetStep reset => [new Reset(reset.Stream)],
        _ => throw new InvalidOperationException($"step {step} has no translation"),
    };
}
