using RexecConformance.Bytes;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Cli.Tests.Processes;

/// <summary>What one session showed, as far as the same server shows it again: lines to compare.</summary>
internal static class DebianTranscript
{
    // The segments of longer output are made by the kernel, by what fits in and what was acknowledged just then.
    private const int LongestCounted = 200; // bytes

    /// <summary>The lines of all sessions of a variant; sessions that run side by side in the order of what they brought.</summary>
    public static IReadOnlyList<string> Of(VariantResult result) =>
        [.. result.Exchanges.Select(exchange => Of(exchange, result.Variant.Fragmentation is PerByteFragmentation)).Order(StringComparer.Ordinal)];

    private static string Of(JudgedExchange exchange, bool pieces)
    {
        Transcript seen = exchange.Transcript;
        return string.Join("; ", new[]
        {
            "primary " + Of(exchange.Expected.Primary, seen.Primary, pieces),
            "aux " + Of(exchange.Expected.Aux, seen.Aux, pieces),
            string.Join(", ", seen.UnmetAwaits),
            seen.ConnectError ?? "",
        }.Where(part => part.Length > 0));
    }

    private static string Of(ExpectedStream expected, StreamTranscript seen, bool pieces)
    {
        if (!seen.Connected)
        {
            return "not connected";
        }

        // FIN or RST is a race where an expectation takes either: which of them comes says nothing of the server.
        bool race = expected.End is EndRule.Closed or EndRule.Unread && seen.End is StreamEnd.Fin or StreamEnd.Rst;
        string end = race ? "closed" : seen.End.ToString();

        // Nobody waits for the end of a stream that is not judged: whether it is seen is chance.
        if (!expected.Check)
        {
            end = "(not waited for)";
        }

        // The client left while bytes were under way: how far it had got is a race as well.
        // So is what may follow a beginning.
        string bytes = seen.End == StreamEnd.Left ? "(the client left)"
            : expected.Content.Beginning is { } beginning && seen.Bytes.AsSpan().StartsWith(beginning) ? $"\"{ByteText.Escape(beginning)}\" and what follows"
            : $"\"{ByteText.Escape(seen.Bytes)}\"{Segments(seen, pieces)}";
        return $"{bytes} {end}{Time(expected, seen)}";
    }

    // How often a command writes depends on how much of its input is there when it looks, if that comes in pieces.
    private static string Segments(StreamTranscript seen, bool pieces) =>
        seen.Bytes.Length <= LongestCounted && (!pieces || seen.Bytes is [] or [0] or [1, ..]) ? $" in {seen.Segments}" : "";

    private static string Time(ExpectedStream expected, StreamTranscript seen) =>
        expected.NotBefore is { } least ? seen.EndAt >= least ? $" not before {least.TotalSeconds} s" : $" before {least.TotalSeconds} s" : "";
}
