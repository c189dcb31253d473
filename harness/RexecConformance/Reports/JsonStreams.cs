using System.Security.Cryptography;
using System.Text.Json;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Reports;

/// <summary>Streams, expected and received, as JSON.</summary>
internal static class JsonStreams
{
    /// <summary>Most bytes of a stream that are written; of longer ones the length and the SHA-256 of all are written too.</summary>
    public const int MaxBytes = 64 * 1024;

    public static void Write(Utf8JsonWriter json, string name, ExpectedStream stream)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("check", stream.Check);
        json.WriteBoolean("connected", stream.Connected);
        if (stream.Content.IsLiteral)
        {
            WriteBytes(json, stream.Content.LiteralBytes);
        }
        else
        {
            json.WriteStartArray("parts");
            foreach (ContentPart part in stream.Content.Parts)
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
        if (stream.Endless is not null)
        {
            json.WriteBoolean("endless", true);
        }

        WriteTime(json, "openForMs", stream.OpenFor);
        WriteTime(json, "notBeforeMs", stream.NotBefore);
        WriteTime(json, "withinMs", stream.Within);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, StreamTranscript stream)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("connected", stream.Connected);
        if (stream.Connected)
        {
            WriteTime(json, "connectedMs", stream.ConnectedAt);
            WriteBytes(json, stream.Bytes);
            json.WriteString("end", Lower(stream.End));
            WriteTime(json, "endMs", stream.EndAt);
            if (stream.Overflow)
            {
                json.WriteBoolean("overflow", true);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Milliseconds with at most three decimals; nothing for null.</summary>
    public static void WriteTime(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            json.WriteNumber(name, Math.Round((decimal)value.TotalMilliseconds, 3));
        }
    }

    public static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static void WriteBytes(Utf8JsonWriter json, byte[] bytes)
    {
        bool cut = bytes.Length > MaxBytes;
        json.WriteString("hex", Convert.ToHexStringLower(cut ? bytes.AsSpan(0, MaxBytes) : bytes));
        if (cut)
        {
            json.WriteNumber("truncated", bytes.Length);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }
}
