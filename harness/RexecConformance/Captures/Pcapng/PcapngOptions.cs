using System.Buffers.Binary;
using System.Text;

namespace RexecConformance.Captures.Pcapng;

/// <summary>The options of a block: code(2), length(2), value, padding to four bytes; again and again. A damaged option ends the list.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, section 3.5.</remarks>
internal readonly ref struct PcapngOptions(ReadOnlySpan<byte> bytes, bool bigEndian)
{
    public const int Comment = 1;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public Enumerator GetEnumerator() => new(_bytes, bigEndian);

    public IReadOnlyList<string> Comments()
    {
        if (_bytes.IsEmpty)
        {
            return [];
        }

        var comments = new List<string>();
        foreach (var option in this)
        {
            if (option.Code == Comment)
            {
                comments.Add(Encoding.UTF8.GetString(option.Value));
            }
        }

        return comments;
    }

    public readonly ref struct Option(int code, ReadOnlySpan<byte> value)
    {
        public int Code { get; } = code;

        public ReadOnlySpan<byte> Value { get; } = value;
    }

    public ref struct Enumerator(ReadOnlySpan<byte> rest, bool bigEndian)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public Option Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.Length < 4)
            {
                return false;
            }

            var code = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_rest) : BinaryPrimitives.ReadUInt16LittleEndian(_rest);
            var length = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]);
            // 0 is opt_endofopt
            if (code == 0 || length > _rest.Length - 4)
            {
                return false;
            }

            Current = new Option(code, _rest.Slice(4, length));
            _rest = _rest[Math.Min(4 + ((length + 3) & ~3), _rest.Length)..];
            return true;
        }
    }
}
