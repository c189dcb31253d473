using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>The same bytes told as the fields that they are: for people who read the case, and for scenarios.</summary>
internal static class ShrinkFields
{
    private static readonly string[] s_fields = ["port", "username", "password", "command"];

    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        List<BytesStep> first = [.. attempt.Case.Send.TakeWhile(step => step is BytesStep).Cast<BytesStep>()];
        List<BytesStep> fields = Fields(first.SelectMany(step => step.Bytes.Parts));
        bool same = first.Select(step => (step.Kind, step.Bytes.Parts.Count)).SequenceEqual(fields.Select(step => (step.Kind, step.Bytes.Parts.Count)));
        if (!same && attempt.Case.Fragments is WholeFragmentation or SplitFragmentation or PerByteFragmentation)
        {
            _ = await attempt.TryAsync(fields.Concat(attempt.Case.Send.Skip(first.Count)));
        }
    }

    private static List<BytesStep> Fields(IEnumerable<BytePart> parts)
    {
        var steps = new List<BytesStep>();
        var field = new List<BytePart>();
        void Done()
        {
            if (field.Count > 0)
            {
                steps.Add(new BytesStep(steps.Count < s_fields.Length ? s_fields[steps.Count] : "stdin", new ByteTemplate([.. field])));
                field.Clear();
            }
        }

        foreach (BytePart part in parts)
        {
            if (part is not LiteralPart literal)
            {
                field.Add(part);
                continue;
            }

            ReadOnlySpan<byte> rest = literal.Bytes;
            while (!rest.IsEmpty)
            {
                int nul = steps.Count < s_fields.Length ? rest.IndexOf((byte)0) : -1;
                int length = nul < 0 ? rest.Length : nul + 1;
                Add(field, rest[..length]);
                rest = rest[length..];
                if (nul >= 0)
                {
                    Done();
                }
            }
        }

        Done();
        return steps;
    }

    private static void Add(List<BytePart> field, ReadOnlySpan<byte> bytes)
    {
        if (field is [.., LiteralPart last])
        {
            field[^1] = new LiteralPart([.. last.Bytes, .. bytes]);
        }
        else
        {
            field.Add(new LiteralPart(bytes.ToArray()));
        }
    }
}
