using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>Tells a rexec exchange on an unusual port by its bytes.</summary>
internal static class RequestShape
{
    /// <summary>True for: up to five digits, NUL, a printable name, NUL, two more fields; and a reply that begins with 0 or 1, or none.</summary>
    public static bool Fits(TcpConnection connection)
    {
        if (!connection.FromInitiator.StartKnown)
        {
            return false;
        }

        var request = RequestFields.Read(connection.FromInitiator);
        var reply = connection.FromResponder.Prefix.Span;
        return request.Length is not null
            && request.Port.Bytes.Length <= 5
            && request.Port.Bytes.Span.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && request.UserName.Bytes.Length is > 0 and <= 256
            && request.UserName.Bytes.Span.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e) < 0
            && (reply.IsEmpty || reply[0] <= 1);
    }
}
