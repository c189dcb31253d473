using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Finds;

/// <summary>What must come and what came, in words.</summary>
internal static class PredictedText
{
    // Texts of more bytes tell a reader nothing more.
    private const int MostBytes = 120;

    /// <summary>What a dialect demands.</summary>
    public static string Of(PredictedAnswer predicted) => predicted.Unspecified is { } why
        ? $"not stated: {why}"
        : $"{predicted.Reply}; primary: {Of(predicted.Primary)}; aux: {Of(predicted.Aux)}";

    /// <summary>What must come on a stream.</summary>
    public static string Of(PredictedStream stream)
    {
        if (stream.Connected == false)
        {
            return "no connection";
        }

        string content = stream.Content is { } expected ? expected.MinLength > MostBytes ? $"{expected.MinLength} bytes" : expected.ToString() : "anything";
        string end = stream.End switch
        {
            null => "any end",
            EndRule.Open => "stays open",
            EndRule.Fin => "FIN",
            EndRule.Rst => "RST",
            _ => "a close",
        };
        return stream.Connected is null && stream.Content is null ? "not stated" : $"{content}, {end}";
    }

    /// <summary>What came on a stream.</summary>
    public static string Of(OutcomeStream stream)
    {
        if (!stream.Connected)
        {
            return "no connection";
        }

        string bytes = stream.Bytes.Length == 0 ? "nothing" : EscapedBytes.Quote(stream.Bytes, null, MostBytes);
        return $"{bytes}, {Words.Short(stream.End)}";
    }

    public static string Word(StreamEnd end) => end.ToString().ToLowerInvariant();

    /// <summary>Bytes as quoted text of a bounded length.</summary>
    public static string Quote(byte[] bytes) => EscapedBytes.Quote(bytes, null, MostBytes);
}
