namespace RexecConformance.Captures.Gzip;

/// <summary>
/// Unpacks gzip, with members one after the other. It never throws: at a fault it ends, after all bytes that come before, and
/// <see cref="Damage"/> says why.
/// </summary>
/// <remarks>Source: RFC 1952, section 2.3.</remarks>
internal sealed class GunzipStream : Stream
{
    private const int HeaderChecksum = 2;
    private const int ExtraField = 4;
    private const int Name = 8;
    private const int Comment = 16;
    private const int Reserved = 0xe0;
    private const int Deflate = 8;

    private readonly CaptureBuffer _packed;
    private readonly BitSource _bits;
    private readonly Inflater _inflater;
    private bool _inMember;
    private bool _over;
    private uint _checksum;
    private uint _length;
    private ReadOnlyMemory<byte> _ready;

    /// <param name="packed">Stands at the first byte; is disposed of with this.</param>
    public GunzipStream(CaptureBuffer packed)
    {
        _packed = packed;
        _bits = new BitSource(packed);
        _inflater = new Inflater(_bits);
    }

    /// <summary>Why it ended before its end, in one line, or null.</summary>
    public string? Damage { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether these first bytes are gzip's.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, ..];

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_ready.IsEmpty && !_over)
        {
            Unpack();
        }

        var count = Math.Min(buffer.Length, _ready.Length);
        _ready.Span[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _packed.Dispose();
        base.Dispose(disposing);
    }

    private void Unpack()
    {
        if (!_inMember)
        {
            ReadHeader();
            return;
        }

        _ready = _inflater.Next();
        _checksum = Crc32.Append(_checksum, _ready.Span);
        _length += (uint)_ready.Length;
        if (_inflater.Damage is not null)
        {
            Stop(_inflater.Damage);
        }
        else if (_inflater.Done)
        {
            ReadTrailer();
        }
    }

    // magic(2) method(1) flags(1) time(4) extra-flags(1) system(1), then what the flags announce
    private void ReadHeader()
    {
        _bits.Take(16);
        var method = _bits.Take(8);
        var flags = _bits.Take(8);
        Skip(6);
        if ((flags & ExtraField) != 0)
        {
            Skip(_bits.Take(16));
        }

        for (var texts = (flags & Name) / Name + (flags & Comment) / Comment; texts > 0; texts--)
        {
            while (_bits.Take(8) != 0 && !_bits.Overrun)
            {
            }
        }

        Skip((flags & HeaderChecksum) != 0 ? 2 : 0);
        if (_bits.Overrun)
        {
            Stop("its header is cut short");
        }
        else if (method != Deflate || (flags & Reserved) != 0)
        {
            Stop($"its method {method} with flags {flags:x2} is not known");
        }

        _inflater.Restart();
        (_inMember, _checksum, _length) = (true, 0, 0);
    }

    // checksum(4) length(4), both of the unpacked data
    private void ReadTrailer()
    {
        _bits.Align();
        var checksum = (uint)_bits.Take(16) | ((uint)_bits.Take(16) << 16);
        var length = (uint)_bits.Take(16) | ((uint)_bits.Take(16) << 16);
        if (_bits.Overrun)
        {
            Stop("it is cut short");
        }
        else if (checksum != _checksum || length != _length)
        {
            Stop("its checksum is wrong, so that any packet may be damaged");
        }

        _inMember = false;
        // As the gzip command does: another member goes on, and zeros (a tape's) end it. Anything else is not its own.
        _over |= _bits.AtEnd || (_bits.Peek(16) & 0xffff) != 0x8b1f;
    }

    private void Skip(int bytes)
    {
        for (; bytes > 0 && !_bits.Overrun; bytes--)
        {
            _bits.Take(8);
        }
    }

    private void Stop(string message)
    {
        Damage = $"the file is gzip, and {message} (packed byte {_bits.Offset})";
        _over = true;
    }
}
