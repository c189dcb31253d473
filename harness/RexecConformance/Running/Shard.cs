using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RexecConformance.Running;

/// <summary>One of several parts of a run, each driven by a process of its own.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">How many parts there are.</param>
public sealed record Shard(int Number, int Of)
{
    /// <summary>Most parts.</summary>
    public const int Most = 1000;

    /// <summary>Whether what has this key is in this part: that depends on the key and the number of parts alone.</summary>
    public bool Has(string key) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % (ulong)Of == (ulong)(Number - 1);

    /// <summary>Reads <c>I/N</c> with 1 &lt;= I &lt;= N &lt;= 1000; null if it is something else.</summary>
    public static Shard? TryParse(string text) =>
        text.Split('/') is [{ } number, { } of] && Whole(of) is { } n and >= 1 and <= Most && Whole(number) is { } i && i >= 1 && i <= n
            ? new Shard(i, n)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
