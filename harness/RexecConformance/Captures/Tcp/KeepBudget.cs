namespace RexecConformance.Captures.Tcp;

/// <summary>Counts the memory of all streams together.</summary>
internal sealed class KeepBudget(KeepLimits limits)
{
    private long _garbage;

    public KeepLimits Limits => limits;

    /// <summary>Bytes in use.</summary>
    public long Used { get; private set; }

    /// <summary>True when what can be told should be told, to make room.</summary>
    public bool IsTight => Used > limits.Total / 10 * 9;

    /// <summary>Takes memory that is needed whatever the limit is; then <see cref="IsTight"/> says so.</summary>
    public void Take(long bytes) => Used += bytes;

    public bool TryTake(long bytes)
    {
        if (Used + bytes > limits.Total)
        {
            return false;
        }

        Used += bytes;
        return true;
    }

    /// <summary>Gives memory back.</summary>
    /// <param name="bytes">How much, in bytes.</param>
    /// <param name="garbage">How much of it is left to the collector.</param>
    public void Give(long bytes, long garbage)
    {
        Used -= bytes;
        _garbage += garbage;
        // What was held for a while is old to the collector, which lets old things pile up as long as the machine has memory.
        if (_garbage > limits.Total / 4)
        {
            _garbage = 0;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        }
    }
}
