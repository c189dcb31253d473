using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Captures.Tcp;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>What the suite's operations write on every target, beside what was captured of the same text.</summary>
internal static class UsualOutput
{
    /// <summary>Whether a captured command wrote what each target writes for it by itself, as far as the file shows.</summary>
    /// <param name="conversation">One whose command is the text of an operation.</param>
    /// <param name="command">That text.</param>
    /// <param name="steps">What the client does: its input is copied by some.</param>
    /// <param name="output">Changes what was written: secrets, names.</param>
    /// <param name="account">Who runs it, or null where that is not known.</param>
    public static bool Is(Conversation conversation, string command, IReadOnlyList<SendStep> steps, Func<ReadOnlyMemory<byte>, byte[]> output, Account? account)
    {
        string input = string.Concat(steps.OfType<BytesStep>().Where(step => step.Kind == "stdin")
            .SelectMany(step => step.Bytes.Parts.OfType<LiteralPart>()).Select(part => ByteText.Latin1.GetString(part.Bytes)));
        bool signals = conversation.Sent(Side.Client, StreamName.Aux)?.Length > 0;
        (string Out, string Error)[]? usual = Shell.Sh.Texts.First(pair => pair.Value == command).Key switch
        {
            "nothing" or "fail" or "sleep" => [("", "")],
            "write-out" or "sleep-in-background" => [("out\n", "")],
            "write-both" => [("out\n", "err\n")],
            "copy-input" => [(input, "")],
            "copy-input-to-stderr" => [("", input)],
            "print-home" => account is null ? null : [(Latin1(account.Home) + "\n", "")],
            "print-user" => account is null ? null : [(Latin1(account.Name) + "\n", "")],
            "write-much" => [(string.Concat(Enumerable.Range(1, 20000).Select(i => $"{i}\n")), "")],
            "catch-signal" when signals => [("ready\ncaught\n", ""), ("ready\ndone\n", "")],
            "catch-signal" => [("ready\ndone\n", "")],
            _ => null,
        };

        // Without an auxiliary connection both are on the primary.
        bool apart = conversation.AuxOutcome is AuxOutcome.Connected or AuxOutcome.NotInFile;
        return usual is null || usual.Any(one => apart
            ? Fits(conversation, StreamName.Primary, one.Out, signals, output) && Fits(conversation, StreamName.Aux, one.Error, signals, output)
            : Fits(conversation, StreamName.Primary, one.Out + one.Error, signals, output));
    }

    // Of a command that was interrupted, or is not in the file to its end, there is only a beginning.
    private static bool Fits(Conversation conversation, StreamName stream, string usual, bool signals, Func<ReadOnlyMemory<byte>, byte[]> output)
    {
        if (conversation.Sent(Side.Server, stream) is not { StartKnown: true } server)
        {
            return true;
        }

        string captured = ByteText.Latin1.GetString(output(conversation.Reply(stream).Output));
        bool whole = server is { Lost.Count: 0, End: EndOfStream.Fin } && !signals && conversation.Sent(Side.Client, stream)?.Rst is null;
        return whole ? captured == usual : usual.StartsWith(captured, StringComparison.Ordinal);
    }

    private static string Latin1(string text) => ByteText.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
