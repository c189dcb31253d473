using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating.Families;

/// <summary>Requests that somebody wrote down, or that a client sent, with something changed.</summary>
internal static class Mutations
{
    public static void OfScenario(Draft draft) => Of(draft, draft.Stock.Scenarios);

    public static void OfCapture(Draft draft) => Of(draft, draft.Stock.Conversations);

    private static void Of(Draft draft, Material[] all)
    {
        if (all.Length == 0)
        {
            Logins.Whole(draft);
            return;
        }

        Choices pick = draft.Pick;
        Material material = pick.Of(all);
        draft.Aux = material.Aux;
        bool waits = pick.OneIn(6);
        foreach (SendStep step in material.Send)
        {
            if (waits || step is not (AwaitAuxStep or AwaitBytesStep or AwaitEndStep))
            {
                draft.Steps.Add(step);
            }
        }

        for (int times = pick.OneIn(2) ? 1 : pick.From(2, 4); times > 0; times--)
        {
            Change(draft);
        }

        if (material.Fragments.Length > 0 && pick.OneIn(3) && pick.Of(material.Fragments) is not (PerByteFragmentation or SplitFragmentation) and var kept)
        {
            draft.Fragments = kept;
        }

        Sense(draft);
    }

    private static void Change(Draft draft)
    {
        Choices pick = draft.Pick;
        List<SendStep> steps = draft.Steps;
        if (steps.Count == 0)
        {
            return;
        }

        int at = pick.Below(steps.Count);
        switch (pick.Below(12))
        {
            case 0 when steps.Count > 1:
                steps.RemoveAt(at);
                break;
            case 1:
                steps.Insert(at, steps[at]);
                break;
            case 2:
                int other = pick.Below(steps.Count);
                (steps[at], steps[other]) = (steps[other], steps[at]);
                break;
            case 3 when steps[at] is BytesStep { Kind: "username" or "password" } field:
                AccountFields account = pick.Of(draft.Stock.Accounts);
                steps[at] = field.Kind == "username" ? account.Name : account.Password;
                break;
            case 4 when steps[at] is BytesStep { Kind: "command" }:
                steps[at] = pick.Of(draft.Stock.Quick).Step;
                break;
            case 5:
                steps.RemoveRange(at + 1, steps.Count - at - 1);
                break;
            default:
                if (steps[at] is BytesStep bytes)
                {
                    steps[at] = Mutated(pick, bytes);
                }

                break;
        }
    }

    /// <summary>One byte of a literal piece changed, put in, taken out, or a run of them doubled; or a piece put behind a place.</summary>
    private static BytesStep Mutated(Choices pick, BytesStep step)
    {
        int which = -1;
        for (int i = 0; i < step.Bytes.Parts.Count; i++)
        {
            which = step.Bytes.Parts[i] is LiteralPart && (which < 0 || pick.OneIn(2)) ? i : which;
        }

        if (which < 0)
        {
            return step;
        }

        List<byte> bytes = [.. ((LiteralPart)step.Bytes.Parts[which]).Bytes];
        int at = pick.Below(Math.Max(1, bytes.Count));
        switch (pick.Below(5))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << pick.Below(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = (byte)pick.Next();
                break;
            case 2 when bytes.Count > 0:
                bytes.RemoveAt(at);
                break;
            case 3 when bytes.Count > 0:
                int length = pick.From(1, Math.Min(32, bytes.Count - at));
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            default:
                bytes.Insert(Math.Min(at, bytes.Count), (byte)(pick.OneIn(3) ? 0 : pick.Next()));
                break;
        }

        BytePart[] parts = [.. step.Bytes.Parts];
        parts[which] = new LiteralPart([.. bytes]);

        // A field that has lost its NUL is none.
        bool field = step.IsField && parts[^1] is LiteralPart { Bytes: [.., 0] };
        return new BytesStep(field || !step.IsField ? step.Kind : "bytes", new ByteTemplate(parts));
    }

    /// <summary>Takes out what no client can do: to act on a stream that it has ended, or to end one twice.</summary>
    private static void Sense(Draft draft)
    {
        bool sends = true;
        bool gone = false;
        bool auxSends = true;
        bool auxGone = false;
        var kept = new List<SendStep>(draft.Steps.Count);
        foreach (SendStep step in draft.Steps)
        {
            bool sensible = step switch
            {
                BytesStep => sends && !gone,
                SignalStep => auxSends && !auxGone,
                HalfCloseStep { Stream: StreamName.Primary } => sends && !gone,
                HalfCloseStep => auxSends && !auxGone,
                CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary } => !gone,
                CloseStep or ResetStep => !auxGone,
                AwaitBytesStep { Stream: StreamName.Primary } or AwaitEndStep { Stream: StreamName.Primary } => !gone,
                AwaitAuxStep or AwaitBytesStep or AwaitEndStep => !auxGone && draft.Aux != AuxMode.None,
                _ => true,
            };
            if (!sensible)
            {
                continue;
            }

            kept.Add(step);
            sends &= step is not HalfCloseStep { Stream: StreamName.Primary };
            gone |= step is CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary };
            auxSends &= step is not HalfCloseStep { Stream: StreamName.Aux };
            auxGone |= step is CloseStep { Stream: StreamName.Aux } or ResetStep { Stream: StreamName.Aux };
        }

        draft.Steps.Clear();
        draft.Steps.AddRange(kept);
        draft.NeedsEnd = sends && !gone;
    }
}
