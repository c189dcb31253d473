using System.Security.Cryptography;
using System.Text.Json;
using RexecConformance.Captures.Tcp;
using RexecConformance.Reports;
using RexecConformance.Reports.Results;

namespace RexecConformance.Captures.Showing;

/// <summary>One direction of a connection as JSON: bytes, holes, segments, end.</summary>
internal static class DirectionJson
{
    /// <summary>Writes a direction.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">Its name in the object that is open.</param>
    /// <param name="direction">The direction; null writes nothing.</param>
    /// <param name="known">All its known bytes, with what is hidden replaced.</param>
    public static void Write(Utf8JsonWriter json, string name, TcpDirection? direction, Func<TcpDirection, byte[]> known)
    {
        if (direction is null)
        {
            return;
        }

        var bytes = known(direction);
        var cut = bytes.Length > ReportedBytes.MostKept;
        json.WriteStartObject(name);
        json.WriteString("from", direction.From.ToString());
        json.WriteNumber("length", direction.Length);
        json.WriteBoolean("startKnown", direction.StartKnown);
        json.WriteString("hex", Convert.ToHexStringLower(cut ? bytes.AsSpan(0, ReportedBytes.MostKept) : bytes));
        if (cut || !direction.KeptWhole)
        {
            json.WriteNumber("truncated", direction.Length);
        }

        if (cut && direction.KeptWhole)
        {
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        json.WriteStartArray("lost");
        foreach (var lost in direction.Lost)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", lost.Offset);
            json.WriteNumber("length", lost.Length);
            json.WriteBoolean("acknowledged", lost.Acknowledged);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("segments");
        foreach (var piece in direction.Pieces)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", piece.Offset);
            json.WriteNumber("length", piece.Bytes.Length);
            Mark(json, piece.Mark);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("repeated", direction.RepeatedBytes);
        json.WriteString("end", ConversationWords.Name(direction.End));
        foreach (var (end, mark) in new[] { ("fin", direction.Fin), ("rst", direction.Rst) })
        {
            if (mark is { } at)
            {
                json.WriteStartObject(end + "Seen");
                Mark(json, at);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes frame number and time as members of the object that is open.</summary>
    public static void Mark(Utf8JsonWriter json, CaptureMark mark)
    {
        json.WriteNumber("frame", mark.Frame);
        json.WriteNumber("timeNs", mark.Nanoseconds);
        json.WriteString("time", ConversationWords.Time(mark.Nanoseconds));
    }
}
