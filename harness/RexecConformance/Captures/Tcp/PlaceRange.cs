namespace RexecConformance.Captures.Tcp;

/// <summary>Places of a stream from <paramref name="Start"/> up to, but not including, <paramref name="End"/>.</summary>
internal readonly record struct PlaceRange(long Start, long End)
{
    public long Length => End - Start;
}
