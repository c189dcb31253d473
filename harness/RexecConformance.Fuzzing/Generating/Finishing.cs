using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>What all families have in common: a port that harms nobody, an end, segments.</summary>
internal static class Finishing
{
    private static readonly PerFieldFragmentation s_perField = new();

    private static readonly PerByteFragmentation s_perByte = new();

    private static readonly WholeFragmentation s_whole = new();

    private static readonly AfterFragmentation[] s_after =
    [
        new(["port"]), new(["username"]), new(["password"]), new(["command"]), new(["port", "username"]), new(["port", "password"]), new(["username", "password", "command"]),
    ];

    // Where two clients' ports would make two readings of the same field.
    private static readonly int[] s_clientPorts = [1024, 7007, 32768, 40001, 65535];

    public static void Finish(Draft draft)
    {
        End(draft);

        // In memory there are no ports but the client's, and a daemon's arithmetic shows where readings differ.
        if (!draft.Stock.InMemory || draft.Pick.OneIn(2))
        {
            MakePortHarmless(draft);
        }

        draft.Fragments ??= Segments(draft);
    }

    /// <summary>A request that the server may still be waiting on ends, or each would cost seconds.</summary>
    private static void End(Draft draft)
    {
        if (draft.NeedsEnd && (!draft.EndsItself || draft.Pick.OneIn(5) || !IsWhole(draft)))
        {
            draft.EndPrimary();
        }
    }

    private static bool IsWhole(Draft draft)
    {
        int nuls = 0;
        foreach (SendStep step in draft.Steps)
        {
            if (step is BytesStep bytes)
            {
                foreach (BytePart part in bytes.Bytes.Parts)
                {
                    nuls += part is LiteralPart literal ? literal.Bytes.AsSpan().Count((byte)0) : 0;
                }
            }
        }

        return nuls >= 4;
    }

    private static void MakePortHarmless(Draft draft)
    {
        List<SendStep> steps = draft.Steps;
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not BytesStep step)
            {
                continue;
            }

            IReadOnlyList<BytePart> parts = step.Bytes.Parts;
            for (int p = 0; p < parts.Count; p++)
            {
                if (parts[p] is LiteralPart literal && literal.Bytes.AsSpan().IndexOf((byte)0) is var nul and >= 0)
                {
                    if (!IsHarmless(draft, i, p, nul))
                    {
                        steps[i] = step with { Bytes = Decided(parts, p, nul, draft.Pick.Below(4) is var which and > 0 ? HarmlessPorts.Nobody[which - 1] : 0) };

                        // Digits at the beginning are a number for some.
                        if (!IsHarmless(draft, i, p, nul + HarmlessPorts.DecidingDigits))
                        {
                            PutInFront(steps, (byte)'/');
                        }
                    }

                    return;
                }
            }
        }
    }

    private static bool IsHarmless(Draft draft, int step, int part, int nul)
    {
        // The two usual ones, at no cost.
        IReadOnlyList<BytePart> first = ((BytesStep)draft.Steps[step]).Bytes.Parts;
        if (step == 0 && ((part == 0 && nul == 0) || (part == 0 && nul == 1 && ((LiteralPart)first[0]).Bytes[0] == '0') || (part == 1 && nul == 0 && first[0] is AuxPortPart { Plus: 0 })))
        {
            return true;
        }

        bool asksForAux = false;
        foreach (int port in s_clientPorts)
        {
            var field = new List<byte>();
            for (int i = 0; i <= step; i++)
            {
                if (draft.Steps[i] is not BytesStep bytes)
                {
                    continue;
                }

                for (int p = 0; p < bytes.Bytes.Parts.Count && (i < step || p <= part); p++)
                {
                    BytePart one = bytes.Bytes.Parts[p];
                    asksForAux |= one is AuxPortPart;
                    field.AddRange(
                        one is AuxPortPart aux ? new ReadOnlySpan<byte>(ByteText.Latin1.GetBytes((port + aux.Plus).ToString(System.Globalization.CultureInfo.InvariantCulture)))
                        : i == step && p == part ? ((LiteralPart)one).Bytes.AsSpan(0, nul)
                        : one.Resolve(draft.Stock));
                }
            }

            if (!HarmlessPorts.Allowed(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(field), asksForAux ? port : 0))
            {
                return false;
            }

            if (!asksForAux)
            {
                return true;
            }
        }

        return true;
    }

    private static void PutInFront(List<SendStep> steps, byte first)
    {
        int at = steps.FindIndex(step => step is BytesStep { Bytes.Parts.Count: > 0 });
        var step = (BytesStep)steps[at];
        BytePart[] parts = [.. step.Bytes.Parts];
        parts = parts[0] is LiteralPart literal ? [new LiteralPart([first, .. literal.Bytes]), .. parts[1..]] : [new LiteralPart([first]), .. parts];
        steps[at] = step with { Bytes = new ByteTemplate(parts) };
    }

    /// <summary>So many digits that nothing before them counts.</summary>
    private static ByteTemplate Decided(IReadOnlyList<BytePart> parts, int part, int nul, int port)
    {
        byte[] old = ((LiteralPart)parts[part]).Bytes;
        byte[] digits = new byte[HarmlessPorts.DecidingDigits];
        digits.AsSpan().Fill((byte)'0');
        digits[^1] += (byte)port;
        BytePart[] all = [.. parts];
        all[part] = new LiteralPart([.. old.AsSpan(0, nul), .. digits, .. old.AsSpan(nul)]);
        return new ByteTemplate(all);
    }

    private static Fragmentation Segments(Draft draft)
    {
        Choices pick = draft.Pick;
        int which = pick.Below(20);
        if (which < 10)
        {
            return s_whole;
        }

        if (which < 14)
        {
            return s_perField;
        }

        if (which < 16)
        {
            return pick.Of(s_after);
        }

        int size = Size(draft);
        return which < 18 && size <= PerByteFragmentation.MaxBytes ? s_perByte : Split(pick, size);
    }

    private static Fragmentation Split(Choices pick, int size)
    {
        if (size < 2)
        {
            return s_whole;
        }

        Span<int> offsets = stackalloc int[pick.From(1, 4)];
        foreach (ref int offset in offsets)
        {
            offset = pick.From(1, size - 1);
        }

        offsets.Sort();
        int distinct = 1;
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] != offsets[i - 1])
            {
                offsets[distinct++] = offsets[i];
            }
        }

        return new SplitFragmentation(offsets[..distinct].ToArray());
    }

    /// <summary>Bytes on the primary connection; a client's port counts as five.</summary>
    private static int Size(Draft draft)
    {
        int size = 0;
        foreach (SendStep step in draft.Steps)
        {
            if (step is BytesStep bytes)
            {
                foreach (BytePart part in bytes.Bytes.Parts)
                {
                    size += part is LiteralPart literal ? literal.Bytes.Length : part.Resolve(draft.Stock).Length;
                }
            }
        }

        return size;
    }
}
