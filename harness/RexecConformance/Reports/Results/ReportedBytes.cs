using System.Security.Cryptography;

namespace RexecConformance.Reports.Results;

/// <summary>Bytes as a report holds them: those of passwords are stars, and of very many only the first are kept.</summary>
public sealed record ReportedBytes
{
    /// <summary>Most bytes of a stream that reports for machines keep; of longer ones they have the length and the SHA-256 of all.</summary>
    public const int MostKept = 64 * 1024;

    /// <summary>No byte.</summary>
    public static ReportedBytes None { get; } = new() { Kept = [], Length = 0 };

    /// <summary>The bytes, or the first of them.</summary>
    public required byte[] Kept { get; init; }

    /// <summary>How many there were.</summary>
    public required int Length { get; init; }

    /// <summary>Of bytes that are not all kept: the SHA-256 of all, in small hexadecimal digits, passwords as stars.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The places of bytes that are hidden, in order.</summary>
    public IReadOnlyList<HiddenPlace> Hidden { get; init; } = [];

    /// <summary>True if some are not kept.</summary>
    public bool IsCut => Kept.Length < Length;

    /// <summary>Hides and cuts.</summary>
    /// <param name="bytes">All bytes.</param>
    /// <param name="hidden">True for each that is to be hidden; null is none.</param>
    /// <param name="most">How many are kept.</param>
    public static ReportedBytes Of(byte[] bytes, bool[]? hidden = null, int most = int.MaxValue)
    {
        List<HiddenPlace> places = [.. Places(hidden ?? [])];
        byte[] shown = places.Count == 0 ? bytes : [.. bytes.Select((b, i) => hidden![i] ? (byte)'*' : b)];
        return shown.Length <= most
            ? new ReportedBytes { Kept = shown, Length = shown.Length, Hidden = places }
            : new ReportedBytes
            {
                Kept = shown[..most],
                Length = shown.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(shown)),
                Hidden = [.. places.Where(place => place.Offset < most).Select(place => place with { Length = Math.Min(place.Length, most - place.Offset) })],
            };
    }

    /// <summary>True for each kept byte that is hidden.</summary>
    public bool[] Mask()
    {
        bool[] mask = new bool[Kept.Length];
        foreach (HiddenPlace place in Hidden)
        {
            mask.AsSpan(place.Offset, place.Length).Fill(true);
        }

        return mask;
    }

    private static IEnumerable<HiddenPlace> Places(bool[] hidden)
    {
        for (int i = 0; i < hidden.Length; i++)
        {
            if (hidden[i])
            {
                int from = i;
                while (i < hidden.Length && hidden[i])
                {
                    i++;
                }

                yield return new HiddenPlace(from, i - from);
            }
        }
    }
}

/// <summary>Bytes that are hidden.</summary>
/// <param name="Offset">The first.</param>
/// <param name="Length">How many.</param>
public sealed record HiddenPlace(int Offset, int Length);
