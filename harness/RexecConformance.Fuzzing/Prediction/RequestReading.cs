namespace RexecConformance.Fuzzing.Prediction;

/// <summary>How far a request can be read.</summary>
public enum ReadingState
{
    /// <summary>A field's NUL has not come.</summary>
    NeedMore,

    /// <summary>All four fields are there.</summary>
    Complete,

    /// <summary>A field is too long.</summary>
    TooLong,

    /// <summary>The dialect does not say what comes of it.</summary>
    NotStated,
}

/// <summary>Bytes of a field, without the NUL.</summary>
public readonly record struct FieldRange(int Start, int Length)
{
    /// <summary>Bytes of the request up to and with the NUL.</summary>
    public int End => Start + Length + 1;
}

/// <summary>The harness's reading of what a client sent: four fields, each ended by a NUL, and what follows them.</summary>
public readonly record struct RequestReading
{
    private RequestReading(ReadingState state, RequestField field, int at)
    {
        State = state;
        Field = field;
        At = at;
    }

    /// <summary>What it came to.</summary>
    public ReadingState State { get; }

    /// <summary>The field that is unfinished, too long or of a length that the dialect says nothing about.</summary>
    public RequestField Field { get; }

    /// <summary>The bytes after which that is known: with the command's NUL, or those that fill the buffer. For <see cref="ReadingState.NeedMore"/> all that there are.</summary>
    public int At { get; }

    /// <summary>False where the server may have read up to the field's NUL before it refused: <see cref="At"/> is then the fewest bytes.</summary>
    public bool Exact { get; private init; } = true;

    /// <summary>The port's text; null before its NUL has come.</summary>
    public FieldRange? Port { get; private init; }

    /// <summary>The user name.</summary>
    public FieldRange Username { get; private init; }

    /// <summary>The password.</summary>
    public FieldRange Password { get; private init; }

    /// <summary>The command.</summary>
    public FieldRange Command { get; private init; }

    /// <summary>Reads; linear in the bytes up to the command's NUL, and not a byte more.</summary>
    /// <param name="request">All bytes that the client sent.</param>
    /// <param name="limits">The server's limits.</param>
    public static RequestReading Read(ReadOnlySpan<byte> request, FieldLimits limits)
    {
        // request = port NUL username NUL password NUL command NUL
        if (!TryField(request, 0, out FieldRange port))
        {
            return new RequestReading(ReadingState.NeedMore, RequestField.Port, request.Length);
        }

        if (Refused(request, port.End, RequestField.Username, limits.Username, out FieldRange username) is { } atUsername)
        {
            return atUsername with { Port = port };
        }

        if (Refused(request, username.End, RequestField.Password, limits.Password, out FieldRange password) is { } atPassword)
        {
            return atPassword with { Port = port, Username = username };
        }

        return Refused(request, password.End, RequestField.Command, limits.Command, out FieldRange command) is { } atCommand
            ? atCommand with { Port = port, Username = username, Password = password }
            : new RequestReading(ReadingState.Complete, RequestField.Command, command.End)
            {
                Port = port,
                Username = username,
                Password = password,
                Command = command,
            };
    }

    private static bool TryField(ReadOnlySpan<byte> request, int start, out FieldRange range)
    {
        ReadOnlySpan<byte> rest = request[start..];
        int nul = rest.IndexOf((byte)0);
        range = new FieldRange(start, nul < 0 ? rest.Length : nul);
        return nul >= 0;
    }

    private static RequestReading? Refused(ReadOnlySpan<byte> request, int start, RequestField field, FieldLimit limit, out FieldRange range)
    {
        bool ended = TryField(request, start, out range);
        int longest = limit.Longest ?? (field == RequestField.Command ? FieldLimit.CommandTakenByAll : FieldLimit.TakenByAll);
        if (range.Length <= longest)
        {
            return ended ? null : new RequestReading(ReadingState.NeedMore, field, request.Length);
        }

        if (limit.Longest is null)
        {
            return new RequestReading(ReadingState.NotStated, field, start + longest + 1);
        }

        if (limit.Full is { } full)
        {
            // The classic reader stores a byte and then looks whether its buffer is full, whatever the byte is.
            return range.Length >= full ? new RequestReading(ReadingState.TooLong, field, start + full)
                : ended ? new RequestReading(ReadingState.TooLong, field, range.End)
                : new RequestReading(ReadingState.NeedMore, field, request.Length);
        }

        // It is refused, at the latest when its NUL comes.
        return new RequestReading(ended ? ReadingState.TooLong : ReadingState.NotStated, field, start + longest + 1) { Exact = false };
    }
}
