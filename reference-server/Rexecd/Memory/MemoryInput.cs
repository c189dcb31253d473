namespace Rexecd;

/// <summary>Bytes of the client that the server has not read. A segment that comes alone is not copied.</summary>
internal sealed class MemoryInput
{
    private byte[] _bytes = [];
    private int _from;
    private int _to;
    private bool _own;

    public int Count => _to - _from;

    public void Add(byte[] segment)
    {
        if (Count == 0)
        {
            (_bytes, _from, _to, _own) = (segment, 0, segment.Length, false);
            return;
        }

        if (!_own || _to + segment.Length > _bytes.Length)
        {
            byte[] more = new byte[Math.Max(256, 2 * (Count + segment.Length))];
            _bytes.AsSpan(_from, Count).CopyTo(more);
            (_bytes, _from, _to, _own) = (more, 0, Count, true);
        }

        segment.CopyTo(_bytes, _to);
        _to += segment.Length;
    }

    /// <summary>Copies what there is room for, and takes it unless this is a look only.</summary>
    public int Read(Span<byte> buffer, bool peeks)
    {
        int count = Math.Min(buffer.Length, Count);
        _bytes.AsSpan(_from, count).CopyTo(buffer);
        _from += peeks ? 0 : count;
        return count;
    }

    public void Take(int count) => _from += Math.Min(count, Count);
}
