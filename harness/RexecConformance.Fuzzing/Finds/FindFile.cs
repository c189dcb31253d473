using System.Text.Json;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Reports;
using CaseText = RexecConformance.Fuzzing.Cases.CaseText;

namespace RexecConformance.Fuzzing.Finds;

/// <summary>A find as a file: JSON, one for each kind, named <c>KIND.json</c>. It holds passwords as they were sent.</summary>
public static class FindFile
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    private static readonly JsonWriterOptions s_readable = new() { Indented = true };

    /// <summary>Writes a find; the file appears whole or not at all, and takes the place of one of the same kind.</summary>
    /// <returns>The path.</returns>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static string Write(string folder, FuzzFind find)
    {
        string path = Path.Combine(folder, find.Kind + ".json");
        using var file = ReportFile.Open(path);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_readable))
        {
            Write(json, find);
        }

        bytes.WriteByte((byte)'\n');
        file.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        file.Complete();
        return path;
    }

    /// <summary>Reads a find.</summary>
    /// <exception cref="FormatException">It is none; the message is one line with the path.</exception>
    public static FuzzFind Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"{path}: is no find of a fuzz run: {PlainText.OneLine(e.Message)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path}: can't be read: {(File.Exists(path) ? WriteFailure.Why(e) : "there is no such file")}", e);
        }
    }

    /// <summary>Writes it as an object; also part of a result.</summary>
    internal static void Write(Utf8JsonWriter json, FuzzFind find)
    {
        json.WriteStartObject();
        WriteFields(json, find);
        json.WriteEndObject();
    }

    /// <summary>Writes its fields into an object that is open.</summary>
    internal static void WriteFields(Utf8JsonWriter json, FuzzFind find)
    {
        json.WriteNumber("format", Format);
        json.WriteString("kind", find.Kind);
        json.WriteString("title", find.Title);
        json.WriteString("oracle", find.Oracle);
        json.WriteNumber("guilty", find.Guilty);
        json.WriteString("command", find.Command);
        json.WriteString("suite", find.Suite);
        json.WriteString("found", find.FoundAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteNumber("seed", find.Seed);
        json.WriteNumber("number", find.Case.Origin.Number);
        json.WriteNumber("shown", find.Repeats.Shown);
        json.WriteNumber("asked", find.Repeats.Asked);
        json.WriteBoolean("shrunk", find.Shrunk);
        json.WriteString("request", Convert.ToHexStringLower(find.Request));
        json.WritePropertyName("smallest");
        json.WriteRawValue(CaseText.Write(find.Smallest));
        json.WritePropertyName("case");
        json.WriteRawValue(CaseText.Write(find.Case));
        json.WriteStartArray("sides");
        foreach (FindSide side in find.Sides)
        {
            json.WriteStartObject();
            json.WriteString("target", side.Target);
            json.WriteString("dialect", side.Dialect);
            json.WriteString("reply", side.Reply);
            json.WriteString("prediction", side.Prediction);
            OutcomeJson.Write(json, side.Outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="WriteFields"/> wrote.</summary>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    /// <exception cref="FormatException">A value is wrong.</exception>
    internal static FuzzFind Read(JsonElement json)
    {
        string kind = Text(json, "kind");
        if (json.GetProperty("format").GetInt32() != Format || kind.Length == 0 || kind.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            throw new FormatException($"expected format {Format} and a kind of letters, digits and dashes");
        }

        var find = new FuzzFind
        {
            Kind = kind,
            Title = Text(json, "title"),
            Oracle = Text(json, "oracle"),
            Guilty = json.GetProperty("guilty").GetInt32(),
            Command = Text(json, "command"),
            Suite = Text(json, "suite"),
            FoundAt = json.GetProperty("found").GetDateTimeOffset(),
            Seed = json.GetProperty("seed").GetUInt64(),
            Repeats = (json.GetProperty("shown").GetInt32(), json.GetProperty("asked").GetInt32()),
            Shrunk = json.GetProperty("shrunk").GetBoolean(),
            Request = Convert.FromHexString(json.GetProperty("request").GetString()!),
            Smallest = Case(json.GetProperty("smallest")),
            Case = Case(json.GetProperty("case")),
            Sides =
            [
                .. json.GetProperty("sides").EnumerateArray().Select(side => new FindSide(
                    Text(side, "target"),
                    Text(side, "dialect"),
                    OutcomeJson.Read(side),
                    Text(side, "reply"),
                    Text(side, "prediction"))),
            ],
        };
        return find.Guilty < 0 || find.Guilty >= find.Sides.Count
            ? throw new FormatException($"'guilty' is {find.Guilty}, expected the index of one of {find.Sides.Count} sides")
            : Array.Exists(Enum.GetNames<OracleKind>(), name => name.Equals(find.Oracle, StringComparison.OrdinalIgnoreCase))
                ? find
                : throw new FormatException($"there is no oracle '{find.Oracle}'");
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null, expected a text");

    // On one line, as the reader of cases wants it, whatever an editor made of the file.
    private static FuzzCase Case(JsonElement json) => CaseText.Read(JsonSerializer.Serialize(json));
}
