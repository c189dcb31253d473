using System.Text.Json;

namespace RexecConformance.Reports.Results;

/// <summary>Members of a JSON object that may be absent.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    public static int Number(this JsonElement json, string name, int absent) => json.TryGetProperty(name, out JsonElement number) ? number.GetInt32() : absent;

    public static IEnumerable<JsonElement> List(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) => [.. json.List(name).Select(text => text.GetString()!)];
}
