using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Bytes;
using RexecConformance.Judging;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What a server sends, put together so that known bytes are one part.</summary>
internal static class ServerBytes
{
    // It is a regular expression, and some are made of a case.
    private const int LongestForm = 100;

    /// <summary>The byte of success.</summary>
    public static ExpectedContent Status { get; } = ExpectedContent.Of([0]);

    /// <summary>One after the other.</summary>
    public static ExpectedContent Join(ExpectedContent first, ExpectedContent second)
    {
        if (first.Parts.Count == 0 || second.Parts.Count == 0)
        {
            return first.Parts.Count == 0 ? second : first;
        }

        return first.Parts is [{ Bytes: { } a }] && second.Parts is [{ Bytes: { } b }, ..]
            ? new ExpectedContent([new ContentPart([.. a, .. b], null), .. second.Parts.Skip(1)])
            : first.Then(second);
    }

    /// <summary>These bytes and then any; null where that states nothing.</summary>
    public static ExpectedContent? Open(ExpectedContent first) =>
        first.Parts.Count == 0 ? null : first.Then(ExpectedContent.Matching(ExpectedContent.Anything));

    /// <summary>A text without a byte above 127.</summary>
    public static ExpectedContent Text(string text) => ExpectedContent.Of(Encoding.ASCII.GetBytes(text));

    /// <summary>Two writes, or the first alone, or neither. Of a long one nothing is said.</summary>
    public static ExpectedContent Beginning(byte[] first, byte[] second) =>
        first.Length + second.Length > LongestForm ? ExpectedContent.Matching(ExpectedContent.Anything)
        : first.Length + second.Length == 0 ? ExpectedContent.Nothing
        : ExpectedContent.Matching($"(?:{Escape(first)}(?:{Escape(second)})?)?");

    /// <summary>These over and over, at least three times, cut off anywhere: what a server sends that does not stop until the client leaves.</summary>
    public static ExpectedContent Endless(byte[] unit)
    {
        var pattern = new StringBuilder("(?:").Append(Escape(unit)).Append("){3,}");
        for (int i = 0; i < unit.Length - 1; i++)
        {
            _ = pattern.Append("(?:").Append(Escape(unit.AsSpan(i, 1)));
        }

        for (int i = 0; i < unit.Length - 1; i++)
        {
            _ = pattern.Append(")?");
        }

        return ExpectedContent.Matching(pattern.ToString());
    }

    private static string Escape(ReadOnlySpan<byte> bytes) => Regex.Escape(ByteText.Latin1.GetString(bytes));
}
