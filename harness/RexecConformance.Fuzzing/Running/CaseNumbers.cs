namespace RexecConformance.Fuzzing.Running;

/// <summary>Hands the numbers of cases out in order, in blocks, to several workers, and knows before which number all are done.</summary>
/// <param name="first">The first number.</param>
/// <param name="end">The number behind the last.</param>
/// <param name="block">Numbers in a block.</param>
internal sealed class CaseNumbers(long first, long end, int block)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private long _next = first;

    /// <summary>The next numbers, from the first to before the second; false if there are no more.</summary>
    public bool TryTake(out long from, out long to)
    {
        lock (_lock)
        {
            from = _next;
            to = Math.Min(end, _next + block);
            if (from >= to)
            {
                return false;
            }

            _next = to;
            _ = _open.Add(from);
            return true;
        }
    }

    /// <summary>A block is done. One that was broken off never is: its numbers are asked again by a resumed run.</summary>
    public void Done(long from)
    {
        lock (_lock)
        {
            _ = _open.Remove(from);
        }
    }

    /// <summary>All numbers before this one are done.</summary>
    public long Mark
    {
        get
        {
            lock (_lock)
            {
                return _open.Count > 0 ? _open.Min : _next;
            }
        }
    }

    /// <summary>The next number that is to be handed out.</summary>
    public long Next
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }
}
