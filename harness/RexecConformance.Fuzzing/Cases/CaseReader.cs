using System.Text.Json;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Reads the object of a case; everything that is missing, strange or unknown is a <see cref="FormatException"/>.</summary>
internal static class CaseReader
{
    public static FuzzCase Read(JsonElement element, CaseOrigin? parent)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"a case is {element.ValueKind.ToString().ToLowerInvariant()}, expected an object");
        }

        Allow(element, "a case", "seed", "number", "family", "aux", "aux-after", "fragments", "send", "companions");
        CaseOrigin origin = parent is not null && !element.TryGetProperty("seed", out _) ? parent : ReadOrigin(element);
        TimeSpan after = element.TryGetProperty("aux-after", out JsonElement time) ? ExactTimes.Read(Text(time, "aux-after"), "aux-after") : TimeSpan.Zero;
        return new FuzzCase
        {
            Origin = origin,
            Aux = new AuxBehaviour(AuxNames.Read(Text(Require(element, "aux", "a case"), "aux")), after),
            Fragments = FragmentationText.Read(Require(element, "fragments", "a case")),
            Send = StepReader.ReadList(Require(element, "send", "a case")),
            Companions = ReadCompanions(element, origin, parent is not null),
        };
    }

    /// <summary>The value of a key that must be there.</summary>
    public static JsonElement Require(JsonElement element, string key, string owner) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value)
            ? value
            : throw new FormatException($"{owner} lacks '{key}'");

    public static string Text(JsonElement value, string key) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new FormatException($"'{key}' is {value.ValueKind.ToString().ToLowerInvariant()}, expected a text");

    public static string Text(JsonProperty property) => Text(property.Value, property.Name);

    public static bool Flag(JsonElement element, string key, bool otherwise) => !element.TryGetProperty(key, out JsonElement value)
        ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new FormatException($"'{key}' is {value.ValueKind.ToString().ToLowerInvariant()}, expected true or false");

    public static void Allow(JsonElement element, string owner, params ReadOnlySpan<string> keys)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw new FormatException($"{owner} has the key '{property.Name}', expected {string.Join(", ", keys!)}");
            }
        }
    }

    private static CaseOrigin ReadOrigin(JsonElement element)
    {
        JsonElement seed = Require(element, "seed", "a case");
        JsonElement number = Require(element, "number", "a case");
        return seed.ValueKind == JsonValueKind.Number && seed.TryGetUInt64(out ulong seedValue)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long numberValue)
                ? new CaseOrigin(seedValue, numberValue, Text(Require(element, "family", "a case"), "family"))
                : throw new FormatException($"'seed' is {seed.GetRawText()} and 'number' {number.GetRawText()}, expected whole numbers");
    }

    private static IReadOnlyList<FuzzCase> ReadCompanions(JsonElement element, CaseOrigin origin, bool isCompanion)
    {
        if (!element.TryGetProperty("companions", out JsonElement list))
        {
            return [];
        }

        return !isCompanion && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => Read(item, origin))]
            : throw new FormatException("'companions' is strange, expected a list of cases that have none themselves");
    }
}
