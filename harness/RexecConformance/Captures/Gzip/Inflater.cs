namespace RexecConformance.Captures.Gzip;

/// <summary>Unpacks "deflate" data (RFC 1951), and gives every byte that comes before a fault.</summary>
/// <remarks>
/// The library's own stream gives an error in place of the last bytes before it, and takes a file that is cut short for one that
/// ended: neither does for a damaged capture, of which all sound packets are wanted.
/// </remarks>
internal sealed class Inflater(BitSource bits)
{
    private const int Window = 32 * 1024;
    private const int LongestMatch = 258;
    private const string Cut = "it is cut short";

    private readonly byte[] _bytes = new byte[4 * Window];
    private readonly HuffmanCode _literals = new();
    private readonly HuffmanCode _distances = new();
    private int _end;
    private State _state = State.Header;
    private bool _last;
    private int _stored;

    private enum State
    {
        Header,
        Stored,
        Packed,
    }

    /// <summary>What is wrong with the data, or null.</summary>
    public string? Damage { get; private set; }

    /// <summary>The last block is over.</summary>
    public bool Done { get; private set; }

    /// <summary>Forgets what came before: a new member begins.</summary>
    public void Restart() => (_end, _state, _last, Done) = (0, State.Header, false, false);

    /// <summary>The next bytes, valid until the next call; none when <see cref="Done"/> or damaged.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        if (_end > Window)
        {
            _bytes.AsSpan(_end - Window, Window).CopyTo(_bytes);
            _end = Window;
        }

        var begin = _end;
        while (_end < _bytes.Length - LongestMatch && !Done && Damage is null)
        {
            switch (_state)
            {
                case State.Header when _last:
                    Done = true;
                    break;
                case State.Header:
                    ReadHeader();
                    break;
                case State.Stored:
                    CopyStored();
                    break;
                case State.Packed:
                    Unpack();
                    break;
            }
        }

        return _bytes.AsMemory(begin, _end - begin);
    }

    private void ReadHeader()
    {
        _last = bits.Take(1) == 1;
        var type = bits.Take(2);
        if (type == 0)
        {
            bits.Align();
            _stored = bits.Take(16);
            var check = bits.Take(16);
            Fail(bits.Overrun ? Cut : (_stored ^ check) == 0xffff ? null : "a stored block's length is damaged");
            _state = State.Stored;
            return;
        }

        var problem = type switch
        {
            1 => DeflateCodes.SetFixed(_literals, _distances),
            2 => DeflateCodes.Read(bits, _literals, _distances),
            _ => "a block is of no known type",
        };
        Fail(bits.Overrun ? Cut : problem);
        _state = State.Packed;
    }

    private void CopyStored()
    {
        for (; _stored > 0 && _end < _bytes.Length; _stored--)
        {
            var value = bits.Take(8);
            if (bits.Overrun)
            {
                Fail(Cut);
                return;
            }

            _bytes[_end++] = (byte)value;
        }

        _state = _stored == 0 ? State.Header : State.Stored;
    }

    private void Unpack()
    {
        var bytes = _bytes;
        while (_end < bytes.Length - LongestMatch)
        {
            // The longest of all: a length code, its extra bits, a distance code, its extra bits.
            var next = bits.Peek(48);
            var entry = _literals.Find(next);
            var symbol = entry >> 4;
            var taken = entry & 15;
            if (entry != 0 && symbol < 256)
            {
                bits.Drop(taken);
                if (bits.Overrun)
                {
                    Fail(Cut);
                    return;
                }

                bytes[_end++] = (byte)symbol;
                continue;
            }

            if (symbol == DeflateCodes.EndOfBlock)
            {
                bits.Drop(taken);
                Fail(bits.Overrun ? Cut : null);
                _state = State.Header;
                return;
            }

            if (!DeflateCodes.TryReadMatch(next, entry, _distances, out var length, out var distance, out taken))
            {
                bits.Drop(DeflateCodes.LongestMatchBits);
                Fail(bits.Overrun ? Cut : "it has a code that stands for nothing");
                return;
            }

            bits.Drop(taken);
            if (bits.Overrun || distance > _end)
            {
                Fail(bits.Overrun ? Cut : "it refers to bytes before its beginning");
                return;
            }

            // Byte by byte where the two overlap: that is how a run is repeated.
            if (distance >= length)
            {
                bytes.AsSpan(_end - distance, length).CopyTo(bytes.AsSpan(_end));
                _end += length;
            }
            else
            {
                for (; length > 0; length--, _end++)
                {
                    bytes[_end] = bytes[_end - distance];
                }
            }
        }
    }

    private void Fail(string? message) => Damage ??= message;
}
