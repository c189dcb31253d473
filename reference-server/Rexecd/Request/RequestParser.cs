using System.Buffers;

namespace Rexecd;

/// <summary>
/// Parses a request as a classic server reads it: a byte at a time, no byte more than it needs. Knows no socket; it is
/// fed what there is and says how much of it was taken, which is what a server that reads single bytes would have read.
/// </summary>
/// <remarks><c>request = port NUL username NUL password NUL command NUL</c></remarks>
public sealed partial class RequestParser
{
    private readonly Dialect _dialect;
    private readonly Defects _defects;
    private readonly FieldBuffer _bytes;
    private readonly bool _keepsPort;
    private ReadOnlyMemory<byte> _last;
    private int _portBytes;

    /// <param name="dialect">What is too long, and how the port counts.</param>
    public RequestParser(Dialect dialect)
        : this(dialect, Defects.None)
    {
    }

    internal RequestParser(Dialect dialect, Defects defects)
    {
        _dialect = dialect;
        _defects = defects;
        _bytes = new FieldBuffer(dialect.FieldCeiling);
        _keepsPort = dialect.AtEndOfFile == EndOfFile.GoOn;
    }

    /// <summary>The field that the next byte belongs to; past <see cref="Field.Command"/> when the request is complete.</summary>
    public Field Field { get; private set; }

    /// <summary>The port, once its field is done; 0 asks for no auxiliary connection.</summary>
    public ushort Port { get; private set; }

    /// <summary>The user name, once done.</summary>
    public ReadOnlyMemory<byte> Username { get; private set; }

    /// <summary>The password, once done.</summary>
    public ReadOnlyMemory<byte> Password { get; private set; }

    /// <summary>The command, once done.</summary>
    public ReadOnlyMemory<byte> Command { get; private set; }

    /// <summary>Bytes of memory that the current field holds.</summary>
    internal int Held => _bytes.Held;

    /// <summary>Takes bytes of the current field, up to its NUL or to the byte that makes it too long.</summary>
    /// <param name="input">Bytes not yet taken; may be split anywhere.</param>
    /// <param name="taken">How many of them belong to what was parsed.</param>
    public ParseStatus Read(in ReadOnlySequence<byte> input, out long taken)
    {
        taken = 0;
        foreach (ReadOnlyMemory<byte> segment in input)
        {
            ParseStatus status = Field == Field.Port
                ? ReadPort(segment.Span, out int part)
                : _defects.Has(Defect.LimitInCharacters) ? ReadCharacters(segment.Span, out part)
                : ReadString(segment.Span, out part);
            taken += part;
            if (status != ParseStatus.NeedMore)
            {
                return status;
            }
        }

        return ParseStatus.NeedMore;
    }

    /// <summary>
    /// Ends the current field without its NUL, for dialects that do not look at the end of the stream: all fields are read
    /// into one buffer, so its text is what was read last, be it of the field before (facts 3.12).
    /// </summary>
    public void EndField() => Finish(_bytes.Count > 0 ? _bytes.Take() : _last);

    private ParseStatus ReadPort(ReadOnlySpan<byte> input, out int taken)
    {
        for (taken = 0; taken < input.Length;)
        {
            byte next = input[taken++];

            // port NUL: "" and anything that wraps to 0 mean no auxiliary connection
            if (next == 0)
            {
                Finish(_bytes.Take());
                return ParseStatus.Done;
            }

            // port beyond the buffer of a server that has one, or beyond what this server is willing to read
            _portBytes++;
            if (_portBytes >= _dialect.PortErrorAtByte || _portBytes > _dialect.FieldCeiling)
            {
                return _portBytes > _dialect.FieldCeiling ? ParseStatus.OverCeiling : ParseStatus.TooLong;
            }

            // port = *OCTET, each one a digit to the arithmetic
            Port = PortField.Add(Port, next, _dialect.PortArithmetic);
            if (_keepsPort)
            {
                _bytes.Write([next]);
            }
        }

        return ParseStatus.NeedMore;
    }

    private ParseStatus ReadString(ReadOnlySpan<byte> input, out int taken)
    {
        FieldRules rules = _dialect.Rules(Field);
        int? full = _defects.Has(Defect.EarlyDiagnostic) ? rules.Limit + 1 : rules.ErrorAtByte;
        int end = input.IndexOf((byte)0);
        int text = end < 0 ? input.Length : end;

        // string = *OCTET, too long at the byte that fills the buffer: no NUL is waited for
        if (full is { } errorAt && errorAt - 1 <= _dialect.FieldCeiling && text >= errorAt - _bytes.Count)
        {
            taken = errorAt - _bytes.Count;
            _bytes.Clear();
            return ParseStatus.TooLong;
        }

        // string beyond what this server is willing to store
        if (text > _dialect.FieldCeiling - _bytes.Count)
        {
            taken = _dialect.FieldCeiling - _bytes.Count;
            _bytes.Clear();
            return ParseStatus.OverCeiling;
        }

        _bytes.Write(input[..text]);
        taken = text;

        // string, NUL still to come
        if (end < 0)
        {
            return ParseStatus.NeedMore;
        }

        // string NUL, one character more than fits beside the NUL
        taken++;
        if (_bytes.Count > rules.Limit)
        {
            return ParseStatus.TooLong;
        }

        // string NUL
        Finish(_bytes.Take());
        return ParseStatus.Done;
    }

    private void Finish(ReadOnlyMemory<byte> value)
    {
        _last = _keepsPort ? value : default;
        switch (Field)
        {
            case Field.Port:
                break;
            case Field.Username:
                Username = _defects.Username(value);
                break;
            case Field.Password:
                Password = value;
                break;
            default:
                Command = value;
                break;
        }

        Field++;
    }
}
