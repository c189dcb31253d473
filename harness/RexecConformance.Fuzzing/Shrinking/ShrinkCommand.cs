using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>A command that all servers know, the shortest that does.</summary>
internal static class ShrinkCommand
{
    private static readonly byte[][] s_plain = [.. new[] { "", "cat", "pwd", "true", "sleep 2", "echo out" }.Select(text => ByteText.Latin1.GetBytes(text + "\0"))];

    public static async Task RunAsync(ShrinkAttempt attempt)
    {
        for (int i = 0; i < attempt.Case.Send.Count; i++)
        {
            if (attempt.Case.Send[i] is not BytesStep { Kind: "command" } command)
            {
                continue;
            }

            int length = attempt.Resolve(command).Length;
            foreach (byte[] plain in s_plain.TakeWhile(text => text.Length < length))
            {
                if (await attempt.TryAsync(i, command with { Bytes = new ByteTemplate([new LiteralPart(plain)]) }))
                {
                    break;
                }
            }
        }
    }
}
