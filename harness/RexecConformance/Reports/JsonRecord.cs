using System.Text.Json;

namespace RexecConformance.Reports;

/// <summary>One record of a result: an object on a line of its own, whose first member says which kind it is.</summary>
public static class JsonRecord
{
    /// <summary>The line, with its end.</summary>
    /// <param name="kind">start, result, find, complete...</param>
    /// <param name="write">Writes the other members.</param>
    public static byte[] Line(string kind, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("record", kind);
            write(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
