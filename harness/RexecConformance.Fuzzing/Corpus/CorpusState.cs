using System.Text.Json;

namespace RexecConformance.Fuzzing.Corpus;

/// <summary>Where a run stands: all cases before <see cref="Next"/> are done. A run that was killed goes on from there.</summary>
public sealed record CorpusState
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    /// <summary>The version of the format that a file has.</summary>
    public int Format { get; init; } = Version;

    /// <summary>The version of the suite: another one may make other cases of the same numbers.</summary>
    public required string Suite { get; init; }

    /// <summary>The targets as the person wrote them, and what they were judged by.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of the first case that is not done.</summary>
    public required long Next { get; init; }

    /// <summary>Seconds that the run has taken, those before a resume included.</summary>
    public double Seconds { get; init; }

    /// <summary>Cases that were not sent, since a real shell might have run something.</summary>
    public long Withheld { get; init; }

    /// <summary>Symptoms that did not show again.</summary>
    public long NotRepeated { get; init; }

    /// <summary>Differences that the dialects explain.</summary>
    public long KnownDifferences { get; init; }

    /// <summary>The kinds found so far.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>How often each reply of each dialect was reached: <c>DIALECT REPLY</c>.</summary>
    public IReadOnlyDictionary<string, long> Replies { get; init; } = new Dictionary<string, long>();

    // Numbers that no run comes to would wrap in the next one's sums.
    private const long Most = long.MaxValue / 4;

    private bool IsWhole => Suite is not null && Targets is not null && Kinds is not null && Replies is not null
        && new[] { Next, Withheld, NotRepeated, KnownDifferences }.Concat(Replies.Values).All(number => number is >= 0 and <= Most)
        && Seconds is >= 0 and <= Most && Kinds.All(kind => kind is not null) && Targets.All(target => target is not null);

    /// <summary>As the bytes of a file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, s_options);

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="JsonException">They are no state.</exception>
    public static CorpusState Read(byte[] bytes) =>
        JsonSerializer.Deserialize<CorpusState>(bytes, s_options) is { Format: Version, IsWhole: true } state ? state : throw new JsonException($"expected a state of format {Version}");

    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };
}
