using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>How much of a request field a capture shows.</summary>
public enum FieldState
{
    /// <summary>All of it, with its NUL.</summary>
    Complete,

    /// <summary>The client stopped before the NUL.</summary>
    Unfinished,

    /// <summary>Bytes of it, or of a field before it, are not in the file: where it begins and ends is not known.</summary>
    Lost,

    /// <summary>The client stopped before it.</summary>
    Absent,
}

/// <summary>One of port, username, password, command.</summary>
/// <param name="Name">As above.</param>
/// <param name="State">How much of it there is.</param>
/// <param name="Offset">Place of its first byte in what the client sent on the primary stream; meaningless when lost or absent.</param>
/// <param name="Bytes">The field without its NUL: all of it, or what there is before the client stopped or bytes were lost.</param>
public sealed record RequestField(string Name, FieldState State, int Offset, ReadOnlyMemory<byte> Bytes);

/// <summary>The request as a server reads it: four fields, each up to a NUL, however they were cut into segments.</summary>
/// <param name="Port">Empty or a number: where the client listens for the aux connection.</param>
/// <param name="UserName">The account.</param>
/// <param name="Password">In clear text.</param>
/// <param name="Command">For the account's shell.</param>
/// <param name="Length">Bytes of the whole request, or null when it is not complete. What comes after is the command's input.</param>
public sealed record RequestFields(RequestField Port, RequestField UserName, RequestField Password, RequestField Command, int? Length)
{
    private static readonly string[] Names = ["port", "username", "password", "command"];

    /// <summary>In the order of the request.</summary>
    public IReadOnlyList<RequestField> All => [Port, UserName, Password, Command];

    /// <summary>Reads the fields from what the client sent.</summary>
    public static RequestFields Read(TcpDirection client)
    {
        // Without the start of the stream no NUL can be told from another.
        var bytes = client.StartKnown ? client.Prefix : default;
        var stop = client.StartKnown && client.KeptWhole && client.Lost.Count == 0 ? FieldState.Unfinished : FieldState.Lost;
        var fields = new RequestField[Names.Length];
        var offset = 0;
        int? length = null;
        for (var i = 0; i < fields.Length; i++)
        {
            var rest = bytes[Math.Min(offset, bytes.Length)..];
            var nul = rest.Span.IndexOf((byte)0);
            fields[i] = nul >= 0
                ? new RequestField(Names[i], FieldState.Complete, offset, rest[..nul])
                : new RequestField(Names[i], rest.IsEmpty && stop == FieldState.Unfinished ? FieldState.Absent : stop, offset, rest);
            offset = nul >= 0 ? offset + nul + 1 : bytes.Length;
            length = nul >= 0 && i == fields.Length - 1 ? offset : null;
        }

        return new RequestFields(fields[0], fields[1], fields[2], fields[3], length);
    }
}
