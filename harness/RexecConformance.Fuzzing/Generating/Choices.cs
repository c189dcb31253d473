namespace RexecConformance.Fuzzing.Generating;

/// <summary>The choices of one case: SplitMix64 (Steele, Lea, Flood 2014) over the seed and the case's number, so that no case depends on another.</summary>
/// <remarks>Not System.Random: its numbers may change with the framework, and a seed must mean the same for years.</remarks>
internal sealed class Choices
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    public Choices(ulong seed, ulong number, ulong attempt = 0) => _state = Mix(Mix(Mix(seed + Golden) + number) + attempt);

    public ulong Next() => Mix(_state += Golden);

    /// <summary>A number from 0, below this one; the bias of one in 2^64/below is of no matter.</summary>
    public int Below(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

    /// <summary>A number from the first to the last.</summary>
    public int From(int first, int last) => first + Below(last - first + 1);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of these.</summary>
    public T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];

    /// <inheritdoc cref="Of{T}(IReadOnlyList{T})"/>
    public T Of<T>(T[] all) => all[Below(all.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
