using RexecConformance.Bytes;
using RexecConformance.Wire;

namespace RexecConformance.Scenarios;

/// <summary>A scenario with one segmentation.</summary>
public sealed record Variant(Scenario Scenario, Fragmentation Fragmentation)
{
    /// <summary><c>ID#SEGMENTATION</c>: what the filters and the reproducing command name.</summary>
    public string Name => $"{Scenario.Id}#{Fragmentation.Name}";

    /// <summary>All variants of a scenario.</summary>
    public static IEnumerable<Variant> Of(Scenario scenario) => scenario.Fragments.Select(f => new Variant(scenario, f));

    /// <summary>What the client does, with all places filled in and the bytes cut into segments.</summary>
    /// <exception cref="KeyNotFoundException">The target lacks an account.</exception>
    public IReadOnlyList<WireStep> Expand(IByteContext context)
    {
        // Offsets count over all bytes of the primary; an act between two sending steps always ends a segment.
        var steps = new List<WireStep>();
        var run = new List<(BytesStep Step, byte[] Bytes)>();
        int offset = 0;
        foreach (SendStep step in Scenario.Send)
        {
            if (step is BytesStep bytes)
            {
                run.Add((bytes, bytes.Bytes.Resolve(context)));
                continue;
            }

            offset = Flush(steps, run, offset, context);
            steps.AddRange(Translate(step, context));
        }

        _ = Flush(steps, run, offset, context);
        return steps;
    }

    private int Flush(List<WireStep> steps, List<(BytesStep Step, byte[] Bytes)> run, int offset, IByteContext context)
    {
        if (Fragmentation is CapturedFragmentation captured)
        {
            FlushCaptured(captured, steps, run, context);
            return offset;
        }

        byte[] all = [.. run.SelectMany(part => part.Bytes)];
        int from = 0;
        foreach (int cut in Cuts(run, offset, all.Length).Append(all.Length))
        {
            if (cut > from && cut <= all.Length)
            {
                steps.Add(new Send(Transcripts.StreamName.Primary, all[from..cut]));
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

    private IEnumerable<int> Cuts(List<(BytesStep Step, byte[] Bytes)> run, int offset, int length)
    {
        switch (Fragmentation)
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
                    if (Fragmentation is PerFieldFragmentation or AfterFragmentation && Ends(step))
                    {
                        cuts.Add(at);
                    }
                }

                return cuts;
        }
    }

    private bool Ends(BytesStep step) => Fragmentation is not AfterFragmentation after || after.Fields.Contains(step.Kind);

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
