namespace RexecConformance.Captures.Tcp;

/// <summary>Turns 32-bit sequence numbers, which wrap around, into 64-bit places, which do not.</summary>
internal sealed class SequenceSpace
{
    private uint? _reference;
    private long _highest;

    /// <summary>The place nearest to the highest one reached so far: right for anything less than 2 GiB away from it.</summary>
    public long Place(uint number)
    {
        _reference ??= number;
        return _highest + (int)(number - unchecked((uint)(_reference.Value + _highest)));
    }

    public void Reached(long place) => _highest = Math.Max(_highest, place);
}
