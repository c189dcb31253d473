namespace RexecConformance.Scenarios;

/// <summary>How the bytes that are sent on the primary connection are cut into TCP segments.</summary>
public abstract record Fragmentation
{
    /// <summary>The variant's name.</summary>
    public abstract string Name { get; }
}

/// <summary>One segment for each run of bytes.</summary>
public sealed record WholeFragmentation : Fragmentation
{
    /// <inheritdoc/>
    public override string Name => "whole";
}

/// <summary>One segment for each step that sends.</summary>
public sealed record PerFieldFragmentation : Fragmentation
{
    /// <inheritdoc/>
    public override string Name => "per-field";
}

/// <summary>One segment for each byte.</summary>
public sealed record PerByteFragmentation : Fragmentation
{
    /// <summary>The largest request that is sent in this way, bytes.</summary>
    public const int MaxBytes = 512;

    /// <inheritdoc/>
    public override string Name => "per-byte";
}

/// <summary>A new segment at these offsets of all bytes of the primary.</summary>
public sealed record SplitFragmentation(IReadOnlyList<int> Offsets) : Fragmentation
{
    /// <inheritdoc/>
    public override string Name => "split-" + string.Join('-', Offsets);
}

/// <summary>A new segment after the named fields.</summary>
public sealed record AfterFragmentation(IReadOnlyList<string> Fields) : Fragmentation
{
    /// <inheritdoc/>
    public override string Name => "after-" + string.Join('-', Fields);
}
