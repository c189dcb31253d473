namespace RexecConformance.Fuzzing.Shrinking;

/// <summary>How much making one case smaller may cost.</summary>
/// <param name="Asks">Most cases that are asked.</param>
/// <param name="Time">Most time.</param>
public sealed record ShrinkBounds(int Asks, TimeSpan Time)
{
    /// <summary>For servers in this process, where a case costs microseconds.</summary>
    public static ShrinkBounds InMemory { get; } = new(6000, TimeSpan.FromSeconds(5));

    /// <summary>For servers over sockets, where a refusal may take seconds: what is still large then is told as it is.</summary>
    public static ShrinkBounds OverSockets { get; } = new(2500, TimeSpan.FromSeconds(10));
}
