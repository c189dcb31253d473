using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Bytes;

namespace RexecConformance.Judging;

/// <summary>What a stream must bring: bytes, and places where a document states only a form.</summary>
public sealed record ExpectedContent(IReadOnlyList<ContentPart> Parts)
{
    /// <summary>The form of any bytes at all, or none.</summary>
    public const string Anything = ".*";

    /// <summary>No byte.</summary>
    public static ExpectedContent Nothing { get; } = new([]);

    /// <summary>The smallest number of bytes that can satisfy it.</summary>
    public int MinLength => Parts.Sum(part => part.Bytes?.Length ?? 1);

    /// <summary>True if every byte is stated.</summary>
    public bool IsLiteral => Parts.All(part => part.Bytes is not null);

    /// <summary>All bytes, where every byte is stated.</summary>
    public byte[] LiteralBytes => [.. Parts.SelectMany(part => part.Bytes ?? [])];

    /// <summary>The bytes that come first where anything may follow, or nothing; null where the rest is stated too.</summary>
    public byte[]? Beginning => Parts switch
    {
        [{ Pattern: Anything }] => [],
        [{ Bytes: { } first }, { Pattern: Anything }] => first,
        _ => null,
    };

    /// <summary>Two contents, one after the other.</summary>
    public ExpectedContent Then(ExpectedContent next) => new([.. Parts, .. next.Parts]);

    /// <summary>Content of these bytes.</summary>
    public static ExpectedContent Of(byte[] bytes) => bytes.Length == 0 ? Nothing : new([new ContentPart(bytes, null)]);

    /// <summary>Content of a form: a regular expression over the bytes as Latin-1 text.</summary>
    public static ExpectedContent Matching(string pattern) => new([new ContentPart(null, pattern)]);

    /// <summary>Whether the bytes satisfy it.</summary>
    public bool Matches(byte[] received)
    {
        // The usual ones cost nothing but the comparison: the fuzzer makes millions.
        switch (Parts)
        {
            case []:
                return received.Length == 0;
            case [{ Bytes: { } only }]:
                return received.AsSpan().SequenceEqual(only);
            case [{ Bytes: { } first }, { Pattern: Anything }]:
                return received.AsSpan().StartsWith(first);
        }

        if (IsLiteral)
        {
            return received.AsSpan().SequenceEqual(LiteralBytes);
        }

        var pattern = new StringBuilder(@"\A");
        foreach (ContentPart part in Parts)
        {
            _ = pattern.Append(part.Bytes is { } bytes ? Regex.Escape(ByteText.Latin1.GetString(bytes)) : $"(?:{part.Pattern})");
        }

        return Regex.IsMatch(
            ByteText.Latin1.GetString(received), pattern.Append(@"\z").ToString(), RegexOptions.Singleline, TimeSpan.FromSeconds(2));
    }

    /// <summary>The first offset at which the bytes differ; -1 where that can't be said (a form is expected) or nothing differs.</summary>
    public int FirstDifference(byte[] received)
    {
        if (!IsLiteral)
        {
            return -1;
        }

        byte[] expected = LiteralBytes;
        int common = expected.AsSpan().CommonPrefixLength(received);
        return common == expected.Length && common == received.Length ? -1 : common;
    }

    /// <inheritdoc/>
    public override string ToString() => Parts.Count == 0
        ? "nothing"
        : string.Concat(Parts.Select(part => part.Bytes is { } bytes ? $"\"{ByteText.Escape(bytes)}\"" : $"<{part.Pattern}>"));
}

/// <summary>Bytes, or a form of bytes.</summary>
/// <param name="Bytes">The bytes, or null.</param>
/// <param name="Pattern">The regular expression, or null.</param>
public sealed record ContentPart(byte[]? Bytes, string? Pattern);
