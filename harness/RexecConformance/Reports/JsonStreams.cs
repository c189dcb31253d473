using System.Text.Json;
using RexecConformance.Reports.Results;

namespace RexecConformance.Reports;

/// <summary>Streams, expected and received, as JSON.</summary>
internal static class JsonStreams
{
    public static void Write(Utf8JsonWriter json, string name, ReportedExpectation stream)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("check", stream.Check);
        json.WriteBoolean("connected", stream.Connected);
        if (stream.Literal is { } all)
        {
            WriteBytes(json, all);
        }
        else
        {
            json.WriteStartArray("parts");
            foreach (ReportedPart part in stream.Parts)
            {
                json.WriteStartObject();
                if (part.Bytes is { } bytes)
                {
                    WriteBytes(json, bytes);
                }
                else
                {
                    json.WriteString("pattern", part.Pattern);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteString("end", Lower(stream.End));
        if (stream.Endless)
        {
            json.WriteBoolean("endless", true);
        }

        WriteTime(json, "openForMs", stream.OpenFor);
        WriteTime(json, "notBeforeMs", stream.NotBefore);
        WriteTime(json, "withinMs", stream.Within);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, ReportedStream stream)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("connected", stream.Connected);
        if (stream.Connected)
        {
            WriteTime(json, "connectedMs", stream.ConnectedAt);
            WriteBytes(json, stream.Bytes);
            WritePieces(json, stream);
            json.WriteString("end", Lower(stream.End));
            WriteTime(json, "endMs", stream.EndAt);
            if (stream.Overflow)
            {
                json.WriteBoolean("overflow", true);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Bytes in hexadecimal; of very many the first, with the length and the SHA-256 of all; the places of hidden ones.</summary>
    public static void WriteBytes(Utf8JsonWriter json, ReportedBytes bytes)
    {
        json.WriteString("hex", Convert.ToHexStringLower(bytes.Kept));
        if (bytes.IsCut)
        {
            json.WriteNumber("truncated", bytes.Length);
            json.WriteString("sha256", bytes.Sha256);
        }

        if (bytes.Hidden.Count > 0)
        {
            json.WriteStartArray("hidden");
            foreach (HiddenPlace place in bytes.Hidden)
            {
                json.WriteStartArray();
                json.WriteNumberValue(place.Offset);
                json.WriteNumberValue(place.Length);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Milliseconds with at most three decimals; nothing for null.</summary>
    public static void WriteTime(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            json.WriteNumber(name, Milliseconds(value));
        }
    }

    /// <summary>A text, or nothing for null.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>A list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static void WritePieces(Utf8JsonWriter json, ReportedStream stream)
    {
        json.WriteStartArray("pieces");
        foreach (ReportedPiece piece in stream.Pieces)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Milliseconds(piece.At));
            json.WriteNumberValue(piece.Length);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (stream.PieceCount > stream.Pieces.Count)
        {
            json.WriteNumber("pieceCount", stream.PieceCount);
        }
    }

    private static decimal Milliseconds(TimeSpan time) => Math.Round((decimal)time.TotalMilliseconds, 3);
}
