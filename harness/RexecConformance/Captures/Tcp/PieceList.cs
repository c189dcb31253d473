using System.Runtime.InteropServices;

namespace RexecConformance.Captures.Tcp;

/// <summary>Pieces without overlaps, ordered by place. Data that comes in order costs one comparison.</summary>
internal sealed class PieceList
{
    private readonly List<StreamPiece> _items = [];

    public ReadOnlySpan<StreamPiece> Items => CollectionsMarshal.AsSpan(_items);

    public long Repeated { get; private set; }

    /// <summary>Adds what is not there yet; the first copy of a byte wins.</summary>
    public void Add(long place, ReadOnlySpan<byte> data, CaptureMark mark)
    {
        var index = _items.Count == 0 || _items[^1].End <= place ? _items.Count : FirstEndingAfter(place);
        while (!data.IsEmpty)
        {
            var next = index < _items.Count ? _items[index] : default;
            var free = index < _items.Count ? Math.Min(data.Length, next.Offset - place) : data.Length;
            if (free > 0)
            {
                _items.Insert(index++, new StreamPiece(place, data[..(int)free].ToArray(), mark));
                place += free;
                data = data[(int)free..];
                continue;
            }

            var covered = (int)Math.Min(data.Length, next.End - place);
            Repeated += covered;
            place += covered;
            data = data[covered..];
            index++;
        }
    }

    private int FirstEndingAfter(long place)
    {
        var (low, high) = (0, _items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _items[middle].End <= place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
