namespace RexecConformance.Captures.Tcp;

/// <summary>Counts the memory of all streams together.</summary>
internal sealed class KeepBudget(KeepLimits limits)
{
    public KeepLimits Limits => limits;

    /// <summary>Bytes in use.</summary>
    public long Used { get; private set; }

    /// <summary>True when what can be told should be told, to make room.</summary>
    public bool IsTight => Used > limits.Total / 10 * 9;

    public bool TryTake(long bytes)
    {
        if (Used + bytes > limits.Total)
        {
            return false;
        }

        Used += bytes;
        return true;
    }

    public void Give(long bytes) => Used -= bytes;
}
