using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Fewer bytes, then plainer ones. A field that has to be long becomes one letter so many times, which is a short line in a file.</summary>
internal static class ShrinkBytes
{
    // Of longer pieces only their ends are tried, or each byte would cost an ask.
    private const int Longest = 256;

    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        for (int i = 0; i < attempt.Case.Send.Count; i++)
        {
            if (attempt.Case.Send[i] is BytesStep joined && Join(joined.Bytes) is { } bytes)
            {
                _ = await attempt.TryAsync(i, joined with { Bytes = bytes });
            }

            for (int j = 0; attempt.Case.Send[i] is BytesStep step && j < step.Bytes.Parts.Count && !attempt.Spent; j++)
            {
                if (step.Bytes.Parts[j] is LiteralPart)
                {
                    await new Piece(attempt, i, j).RunAsync();
                }
            }
        }
    }

    /// <summary>Literal pieces side by side as one; null if there are none.</summary>
    private static ByteTemplate? Join(ByteTemplate bytes)
    {
        var parts = new List<BytePart>();
        foreach (BytePart part in bytes.Parts)
        {
            if (part is LiteralPart next && parts is [.., LiteralPart last])
            {
                parts[^1] = new LiteralPart([.. last.Bytes, .. next.Bytes]);
            }
            else
            {
                parts.Add(part);
            }
        }

        return parts.Count < bytes.Parts.Count ? new ByteTemplate(parts) : null;
    }

    /// <summary>One literal piece; the NUL that ends a field stays.</summary>
    private sealed class Piece(ShrinkAttempt attempt, int step, int part)
    {
        private BytesStep Step => (BytesStep)attempt.Case.Send[step];

        private byte[] All => ((LiteralPart)Step.Bytes.Parts[part]).Bytes;

        private bool Ends => Step.IsField && All is [.., 0];

        private byte[] Body => Ends ? All[..^1] : All;

        private byte Plain => Step.Kind == "port" ? (byte)'0' : (byte)'x';

        public async Task RunAsync()
        {
            if (Body.Length == 0 || await TryAsync([]))
            {
                return;
            }

            if (IsPlain || await TryAsync(Repeated(Body.Length)))
            {
                await ShorterAsync();
            }
            else
            {
                await FewerAsync();
                await PlainerAsync(0, Body.Length);
            }
        }

        private bool IsPlain => !Body.AsSpan().ContainsAnyExcept(Plain);

        // The least length of many equal bytes: a limit is found in as many steps as it has bits.
        private async Task ShorterAsync()
        {
            int least = 0;
            while (Body.Length - least > 1 && !attempt.Spent)
            {
                int middle = least + ((Body.Length - least) / 2);
                if (!await TryAsync(Repeated(middle)))
                {
                    least = middle;
                }
            }
        }

        private async Task FewerAsync()
        {
            for (int size = Math.Max(1, Body.Length / 2); size >= 1; size /= 2)
            {
                if (Body.Length > Longest)
                {
                    while (Body.Length > size && await TryAsync(Body[..^size]))
                    {
                    }

                    while (Body.Length > size && await TryAsync(Body[size..]))
                    {
                    }

                    continue;
                }

                for (int at = Body.Length - size; at >= 0 && !attempt.Spent; at -= size)
                {
                    _ = at + size <= Body.Length && await TryAsync([.. Body[..at], .. Body[(at + size)..]]);
                }
            }
        }

        private async Task PlainerAsync(int from, int to)
        {
            byte[] plainer = [.. Body];
            plainer.AsSpan(from, to - from).Fill(Plain);
            if (from >= to || attempt.Spent || plainer.AsSpan().SequenceEqual(Body) || await TryAsync(plainer) || to - from == 1)
            {
                return;
            }

            int middle = from + ((to - from) / 2);
            await PlainerAsync(from, middle);
            await PlainerAsync(middle, to);
        }

        private byte[] Repeated(int length)
        {
            byte[] bytes = new byte[length];
            bytes.AsSpan().Fill(Plain);
            return bytes;
        }

        private ValueTask<bool> TryAsync(byte[] body)
        {
            byte[] all = Ends ? [.. body, 0] : body;
            return attempt.TryAsync(step, Step with { Bytes = new ByteTemplate([.. Step.Bytes.Parts.Select((old, i) => i == part ? new LiteralPart(all) : old)]) });
        }
    }
}
