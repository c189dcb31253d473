using RexecConformance.Captures.Tcp;
using RexecConformance.Reports;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Showing;

/// <summary>
/// Knows which bytes of a conversation are not to be seen: the place of a hidden field in the request, and every copy of what
/// stands there, on any stream (a command may repeat the password, an <c>id</c> prints the user name).
/// </summary>
internal sealed class Concealment
{
    private const byte Star = (byte)'*';

    private readonly Conversation _conversation;
    private readonly List<HiddenRange> _places;
    private readonly HiddenCopies _copies;
    private readonly Dictionary<TcpDirection, List<HiddenRange>> _hidden = [];

    private Concealment(Conversation conversation, List<HiddenRange> places, HiddenCopies copies) =>
        (_conversation, _places, _copies) = (conversation, places, copies);

    public static Concealment Of(Conversation conversation, ShowOptions options)
    {
        var request = conversation.Request;
        var fields = new List<RequestField>();
        AddIf(!options.UserNames, request.UserName);
        AddIf(!options.Passwords, request.Password);
        AddIf(!options.Commands, request.Command);
        var secrets = fields.SelectMany(field => HiddenField.Secrets(field, conversation.Primary.FromInitiator));
        return new Concealment(conversation, [.. fields.Select(field => HiddenField.Place(field, request)).OfType<HiddenRange>()], new HiddenCopies(secrets));

        void AddIf(bool hide, RequestField field)
        {
            if (hide)
            {
                fields.Add(field);
            }
        }
    }

    /// <summary>Which bytes of a stretch are hidden.</summary>
    public bool[] Mask(Side side, StreamName stream, long offset, int length)
    {
        var mask = new bool[length];
        if (_conversation.Sent(side, stream) is { } direction)
        {
            HiddenRange.Mark(Hidden(direction), offset, mask);
        }

        return mask;
    }

    /// <summary>A stretch of a stream with stars in the place of hidden bytes.</summary>
    public byte[] Bytes(Side side, StreamName stream, long offset, ReadOnlySpan<byte> bytes) => Starred(bytes, Mask(side, stream, offset, bytes.Length));

    /// <summary>All known bytes of one direction with stars in the place of hidden ones; lost bytes are left out.</summary>
    public byte[] Known(TcpDirection direction)
    {
        var bytes = direction.KnownBytes();
        var used = 0;
        foreach (var piece in direction.Pieces)
        {
            var mask = new bool[piece.Bytes.Length];
            HiddenRange.Mark(Hidden(direction), piece.Offset, mask);
            Starred(piece.Bytes.Span, mask).CopyTo(bytes, used);
            used += mask.Length;
        }

        return bytes;
    }

    /// <summary>A request field with stars in the place of hidden bytes.</summary>
    public byte[] Field(RequestField field) => Bytes(Side.Client, StreamName.Primary, field.Offset, field.Bytes.Span);

    /// <summary>A request field, quoted and escaped.</summary>
    public string Quote(RequestField field, int most) => EscapedBytes.Quote(Field(field), null, most);

    /// <summary>Server bytes, whose place is not at hand, without copies of what is hidden.</summary>
    public string Quote(ReadOnlySpan<byte> bytes, int most)
    {
        var mask = new bool[bytes.Length];
        HiddenRange.Mark(_copies.In(bytes, afterHole: false, beforeHole: true), 0, mask);
        return EscapedBytes.Quote(bytes.ToArray(), mask, most);
    }

    private static byte[] Starred(ReadOnlySpan<byte> bytes, bool[] mask)
    {
        var starred = bytes.ToArray();
        for (var i = 0; i < starred.Length; i++)
        {
            starred[i] = mask[i] ? Star : starred[i];
        }

        return starred;
    }

    private List<HiddenRange> Hidden(TcpDirection direction)
    {
        if (!_hidden.TryGetValue(direction, out var ranges))
        {
            ranges = HiddenRange.Merge(_copies.In(direction).Concat(direction == _conversation.Primary.FromInitiator ? _places : []));
            _hidden[direction] = ranges;
        }

        return ranges;
    }
}
