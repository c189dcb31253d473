using RexecConformance.Scenarios;

namespace RexecConformance.Reports;

/// <summary>The find that a scenario was made from, in words.</summary>
internal static class FuzzedText
{
    /// <summary>Writes where it comes from and what each target answered.</summary>
    public static void Write(TextWriter output, FuzzedSource fuzzed)
    {
        output.WriteLine(PlainText.OneLine($"  {fuzzed.Run}"));
        output.WriteLine(PlainText.OneLine($"  again with: {fuzzed.Command}"));
        foreach (FuzzedReply reply in fuzzed.Observed)
        {
            string server = reply.Server is { } name ? $" ({name})" : "";
            output.WriteLine(PlainText.OneLine($"  {reply.Target}{server} answered: {Stream(reply.Primary)}; aux {Stream(reply.Aux)}"));
        }

        if (fuzzed.Story is { } story)
        {
            output.WriteLine(PlainText.OneLine("  " + string.Join(' ', story.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        }
    }

    private static string Stream(FuzzedStream? stream) =>
        stream is null ? "no connection" : $"{(stream.Bytes.Length == 0 ? "no byte" : EscapedBytes.Quote(stream.Bytes, null, 120))}, {Words.Of(stream.End)}";
}
