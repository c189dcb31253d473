namespace RexecConformance.Captures.Recording;

/// <summary>
/// Keeps what a client sends until the NUL of its port field is there: before it nobody knows which port the server is to be told
/// instead.
/// </summary>
internal sealed class HeldPortField
{
    /// <summary>Most bytes of a field that is waited for. No client sends more; a longer one goes on as it is.</summary>
    public const int Longest = 4096;

    private readonly List<byte[]> _held = [];
    private int _length;

    /// <summary>True once the NUL is there.</summary>
    public bool Complete => Nul >= 0;

    /// <summary>True if the field is longer than <see cref="Longest"/>.</summary>
    public bool TooLong => !Complete && _length > Longest;

    /// <summary>The field without its NUL, or what there is of it.</summary>
    public byte[] Text => All()[..(Complete ? Nul : _length)];

    /// <summary>The port that a server arrives at; 0 for none.</summary>
    public int Port => Complete ? PortField.Value(Text) : 0;

    /// <summary>The segments as they came.</summary>
    public IReadOnlyList<byte[]> Unchanged => _held;

    private int Nul { get; set; } = -1;

    /// <summary>Bytes behind the field's NUL that came with it.</summary>
    public int After => Complete ? _length - Nul - 1 : 0;

    /// <summary>Takes a segment. Only until <see cref="Complete"/> or <see cref="TooLong"/>.</summary>
    public void Add(byte[] segment)
    {
        int nul = Array.IndexOf(segment, (byte)0);
        Nul = nul < 0 ? -1 : _length + nul;
        _held.Add(segment);
        _length += segment.Length;
    }

    /// <summary>The segments with another field, cut where the client cut as far as the length allows; what follows the field is as it came.</summary>
    public IReadOnlyList<byte[]> With(byte[] field)
    {
        var segments = new List<byte[]>(_held.Count);
        int start = 0;
        foreach (byte[] held in _held)
        {
            int end = start + held.Length;
            int from = Math.Min(start, field.Length);

            // The last segment has the NUL: with it goes whatever is left of the field.
            byte[] segment = end <= Nul
                ? field[from..Math.Min(end, field.Length)]
                : [.. field[from..], .. held[(Nul - start)..]];
            if (segment.Length > 0)
            {
                segments.Add(segment);
            }

            start = end;
        }

        return segments;
    }

    private byte[] All() => [.. _held.SelectMany(segment => segment)];
}
