using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>Byte strings of fewer pieces, and of plainer ones: the account <c>good</c>, the port itself, bytes in place of a limit.</summary>
internal static class ShrinkParts
{
    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        // Name and password of one account go together.
        _ = attempt.Case.Send.OfType<BytesStep>().SelectMany(step => step.Bytes.Accounts).Any(account => account != "good")
            && await attempt.TryAsync(attempt.Case.Send.Select(AsGood));
        for (int i = 0; i < attempt.Case.Send.Count; i++)
        {
            for (int j = 0; attempt.Case.Send[i] is BytesStep step && j < step.Bytes.Parts.Count; j++)
            {
                BytePart part = step.Bytes.Parts[j];
                if (part is LiteralPart { Bytes: [0] } or LiteralPart { Bytes.Length: 0 })
                {
                    continue;
                }

                // The NUL of a literal piece ends the field; only what stands before it can go.
                bool ends = step.IsField && part is LiteralPart { Bytes: [.., 0] };
                if (await attempt.TryAsync(i, With(step, j, ends ? new LiteralPart([0]) : new LiteralPart([]))))
                {
                    continue;
                }

                _ = part switch
                {
                    AccountPart account => await attempt.TryAsync(i, With(step, j, Letters(attempt, step, account)))
                        || (account.Account != "good" && await attempt.TryAsync(i, With(step, j, account with { Account = "good" }))),
                    AuxPortPart { Plus: > 0 } => await attempt.TryAsync(i, With(step, j, new AuxPortPart(0))),
                    RepeatToLimitPart => await attempt.TryAsync(i, With(step, j, new LiteralPart(attempt.Resolve(step with { Bytes = new ByteTemplate([part]) })))),
                    _ => false,
                };
            }

            if (attempt.Case.Send[i] is BytesStep now && now.Bytes.Parts.Any(part => part is LiteralPart { Bytes.Length: 0 }) && now.Bytes.Parts.Count > 1)
            {
                _ = await attempt.TryAsync(i, now with { Bytes = new ByteTemplate([.. now.Bytes.Parts.Where(part => part is not LiteralPart { Bytes.Length: 0 })]) });
            }
        }
    }

    private static SendStep AsGood(SendStep step) => step is BytesStep bytes
        ? bytes with { Bytes = new ByteTemplate([.. bytes.Bytes.Parts.Select(part => part is AccountPart account ? account with { Account = "good" } : part)]) }
        : step;

    // Where only the length of a name matters, it need not be anybody's.
    private static LiteralPart Letters(ShrinkAttempt attempt, BytesStep step, AccountPart account)
    {
        byte[] letters = new byte[attempt.Resolve(step with { Bytes = new ByteTemplate([account]) }).Length];
        letters.AsSpan().Fill((byte)'x');
        return new LiteralPart(letters);
    }

    private static BytesStep With(BytesStep step, int index, BytePart part) =>
        step with { Bytes = new ByteTemplate([.. step.Bytes.Parts.Select((old, i) => i == index ? part : old)]) };
}
