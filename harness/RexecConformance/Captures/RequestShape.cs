using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures;

/// <summary>Tells a rexec exchange on an unusual port by its bytes.</summary>
internal static class RequestShape
{
    // Longer than any server takes; what goes on without the fourth NUL is something else.
    private const int LongestRequest = 1 << 20;
    private const int LongestName = 256;

    /// <summary>
    /// True for up to five digits, NUL, a printable name, NUL, two more fields, and a reply that begins with 0 or 1, or none; false
    /// for what can't become that any more; null while it still can.
    /// </summary>
    public static bool? Judge(TcpConnection connection)
    {
        // rlogin and rsh have four fields in the same form.
        if (connection.Responder.Port is 513 or 514)
        {
            return false;
        }

        var client = connection.FromInitiator;
        if (!client.StartKnown || client.Lost.Count > 0)
        {
            // Segments that were captured in another order come within a few packets.
            return client.Length < 64 ? null : false;
        }

        var request = RequestFields.Read(client);
        var reply = connection.FromResponder.Prefix.Span;
        return !IsPort(request.Port) || !IsName(request.UserName) || (!reply.IsEmpty && reply[0] > 1) ? false
            : request.Length is not null ? true
            : client.Length > LongestRequest ? false
            : null;
    }

    private static bool IsPort(RequestField port) =>
        port.Bytes.Length <= 5 && port.Bytes.Span.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool IsName(RequestField name) =>
        name.Bytes.Length <= LongestName
        && (name.Bytes.Length > 0 || name.State != FieldState.Complete)
        && name.Bytes.Span.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e) < 0;
}
