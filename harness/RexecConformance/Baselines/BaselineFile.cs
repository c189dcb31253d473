using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RexecConformance.Bytes;
using RexecConformance.Reports;

namespace RexecConformance.Baselines;

/// <summary>
/// The form of a baseline: one JSON record a line. The first has the provenance, each other one variant, in the order
/// of their names, so that a difference of two recordings is a difference of lines.
/// </summary>
public static class BaselineFile
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    /// <summary>The end of the file's name.</summary>
    public const string Extension = ".jsonl";

    // Longer streams are packed; what a person may want to read is shorter.
    private const int MaxText = 2048;

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it; the file appears whole or not at all.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static void Write(string path, Baseline baseline)
    {
        using ReportFile file = ReportFile.Open(path);
        file.Write(Line(json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("dialect", baseline.Dialect);
            json.WriteStartArray("capabilities");
            foreach (string capability in baseline.Capabilities.Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(capability);
            }

            json.WriteEndArray();
            if (baseline.ArgumentList is { } length)
            {
                json.WriteNumber("argumentList", length);
            }

            json.WriteStartObject("provenance");
            foreach ((string key, string value) in baseline.Provenance.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }));
        foreach (RecordedVariant variant in baseline.Variants.Values.OrderBy(v => v.Name, StringComparer.Ordinal))
        {
            file.Write(Line(json =>
            {
                json.WriteString("variant", variant.Name);
                json.WriteString("sent", variant.Sent);
                json.WriteStartArray("sessions");
                foreach (RecordedExchange exchange in variant.Exchanges)
                {
                    Write(json, exchange);
                }

                json.WriteEndArray();
            }));
        }

        file.Complete();
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is no baseline; the message has file and line.</exception>
    public static Baseline Read(string path)
    {
        int number = 1;
        try
        {
            using var lines = new StreamReader(path, Encoding.UTF8);
            using JsonDocument head = JsonDocument.Parse(lines.ReadLine() ?? "");
            JsonElement first = head.RootElement;
            if (first.GetProperty("format").GetInt32() != Format)
            {
                throw new InvalidDataException($"{path}:1: format is {first.GetProperty("format")}, this version reads format {Format}");
            }

            var variants = new Dictionary<string, RecordedVariant>();
            while (lines.ReadLine() is { } line)
            {
                number++;
                using JsonDocument record = JsonDocument.Parse(line);
                var variant = new RecordedVariant(
                    record.RootElement.GetProperty("variant").GetString()!,
                    record.RootElement.GetProperty("sent").GetString()!,
                    [.. record.RootElement.GetProperty("sessions").EnumerateArray().Select(Exchange)]);
                if (variant.Exchanges.Count == 0 || !variants.TryAdd(variant.Name, variant))
                {
                    throw new InvalidDataException($"{path}:{number}: '{variant.Name}' has no session, or is there twice");
                }
            }

            return new Baseline
            {
                Name = Path.GetFileNameWithoutExtension(path),
                Dialect = first.GetProperty("dialect").GetString()!,
                Capabilities = first.GetProperty("capabilities").EnumerateArray().Select(c => c.GetString()!).ToHashSet(),
                ArgumentList = first.TryGetProperty("argumentList", out JsonElement length) ? length.GetInt32() : null,
                Provenance = first.GetProperty("provenance").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!),
                Variants = variants,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}:{number}: is no record of a baseline: {PlainText.OneLine(e.Message)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {e.Message}");
        }
    }

    /// <summary>One exchange as text; equal exchanges have equal texts.</summary>
    internal static string Text(RecordedExchange exchange)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_json))
        {
            Write(json, exchange);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, s_json))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RecordedExchange exchange)
    {
        json.WriteStartObject();
        if (exchange.ConnectError is { } error)
        {
            json.WriteString("connectError", error);
        }

        Write(json, "primary", exchange.Primary);
        Write(json, "aux", exchange.Aux);
        if (exchange.UnmetAwaits.Count > 0)
        {
            json.WriteStartArray("unmet");
            foreach (string text in exchange.UnmetAwaits)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // A stream that was not there is left out.
    private static void Write(Utf8JsonWriter json, string name, RecordedStream stream)
    {
        if (!stream.Connected && !stream.Unjudged)
        {
            return;
        }

        json.WriteStartObject(name);
        if (stream.Unjudged)
        {
            json.WriteBoolean("unjudged", true);
            json.WriteEndObject();
            return;
        }

        if (stream.Bytes.Length <= MaxText)
        {
            json.WriteString("bytes", ByteText.Latin1.GetString(stream.Bytes));
        }
        else
        {
            json.WriteNumber("length", stream.Bytes.Length);
            json.WriteString("deflate", Convert.ToBase64String(Packed(stream.Bytes)));
        }

        json.WriteString("end", JsonStreams.Lower(stream.End));
        JsonStreams.WriteTime(json, "notBeforeMs", stream.NotBefore);
        JsonStreams.WriteTime(json, "withinMs", stream.Within);
        if (stream.Overflow)
        {
            json.WriteBoolean("overflow", true);
        }

        json.WriteEndObject();
    }

    private static RecordedExchange Exchange(JsonElement json) => new(Stream(json, "primary"), Stream(json, "aux"))
    {
        ConnectError = json.TryGetProperty("connectError", out JsonElement error) ? error.GetString() : null,
        UnmetAwaits = json.TryGetProperty("unmet", out JsonElement unmet) ? [.. unmet.EnumerateArray().Select(t => t.GetString()!)] : [],
    };

    private static RecordedStream Stream(JsonElement exchange, string name)
    {
        if (!exchange.TryGetProperty(name, out JsonElement json))
        {
            return RecordedStream.NotConnected;
        }

        if (json.TryGetProperty("unjudged", out _))
        {
            return RecordedStream.NotConnected with { Unjudged = true };
        }

        byte[] bytes = json.TryGetProperty("deflate", out JsonElement packed)
            ? Unpacked(packed.GetBytesFromBase64(), json.GetProperty("length").GetInt32())
            : ByteText.Latin1.GetBytes(json.GetProperty("bytes").GetString()!);
        return new RecordedStream(true, bytes, Enum.Parse<RecordedEnd>(json.GetProperty("end").GetString()!, ignoreCase: true), Time(json, "notBeforeMs"), Time(json, "withinMs"))
        {
            Overflow = json.TryGetProperty("overflow", out _),
        };
    }

    private static TimeSpan? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement time) ? TimeSpan.FromMilliseconds(time.GetDouble()) : null;

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize))
        {
            deflate.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] packed, int length)
    {
        byte[] bytes = new byte[length];
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        deflate.ReadExactly(bytes);
        return deflate.ReadByte() < 0 ? bytes : throw new FormatException("a stream is longer than its 'length' says");
    }
}
