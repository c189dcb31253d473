using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Rexecd;

/// <summary><c>--log-format json</c>: one object a line. A client's bytes are characters U+0000 to U+00FF, all but ASCII escaped.</summary>
internal static class LogJson
{
    public static string Line(LogEvent entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", LogText.Time(entry));
            json.WriteString("event", entry.Name);
            foreach ((string name, object value) in entry.Fields)
            {
                if (value is long number)
                {
                    json.WriteNumber(name, number);
                }
                else
                {
                    json.WriteString(name, value is ReadOnlyMemory<byte> bytes ? LogText.Cut(bytes) : value.ToString());
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
