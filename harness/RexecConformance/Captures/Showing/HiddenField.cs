using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures.Showing;

/// <summary>Where a request field that is to be hidden may stand, and what may stand there.</summary>
internal static class HiddenField
{
    // After a hole the NULs that are left do not tell which field is which; no more than these can be of the request.
    private const int Fields = 4;

    /// <summary>The field's place in what the client sent; where bytes are lost, all that may be it.</summary>
    public static HiddenRange? Place(RequestField field, RequestFields request)
    {
        switch (field.State)
        {
            case FieldState.Complete:
                return new HiddenRange(field.Offset, field.Offset + field.Bytes.Length);
            case FieldState.Unfinished:
                return new HiddenRange(field.Offset, long.MaxValue);
            case FieldState.Absent:
                return null;
            default:
                // Once a byte is lost, any byte after it may be this field's.
                var first = request.All.First(other => other.State == FieldState.Lost);
                return new HiddenRange(first == field ? field.Offset : first.Offset + first.Bytes.Length, long.MaxValue);
        }
    }

    /// <summary>What the field may be, to be looked for elsewhere.</summary>
    public static IEnumerable<byte[]> Secrets(RequestField field, TcpDirection client)
    {
        if (field.State != FieldState.Lost)
        {
            return [field.Bytes.ToArray()];
        }

        var hole = client.StartKnown && client.Lost.Count > 0 ? client.Lost[0].Offset : 0;
        return AfterHole(client, hole).Append(field.Bytes.ToArray());
    }

    private static IEnumerable<byte[]> AfterHole(TcpDirection client, long hole)
    {
        var found = 0;
        var text = new List<byte>();
        long? end = null;
        foreach (var piece in client.Pieces.Where(piece => piece.Offset >= hole))
        {
            if (end != piece.Offset && text.Count > 0)
            {
                yield return [.. text];
                text.Clear();
            }

            end = piece.End;
            foreach (var b in piece.Bytes.ToArray())
            {
                if (b != 0)
                {
                    text.Add(b);
                }
                else
                {
                    yield return [.. text];
                    text.Clear();
                    if (++found == Fields)
                    {
                        yield break;
                    }
                }
            }
        }

        yield return [.. text];
    }
}
