using System.Text.Json;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Finds;

/// <summary>An outcome as fields of a JSON object. A transcript is not kept: <c>--capture</c> writes it as packets.</summary>
internal static class OutcomeJson
{
    public static void Write(Utf8JsonWriter json, FuzzOutcome outcome)
    {
        Write(json, "primary", outcome.Primary);
        Write(json, "aux", outcome.Aux);
        json.WriteNumber("auxPort", outcome.AuxPort);
        if (outcome.AnsweredAfter is { } answered)
        {
            json.WriteNumber("answeredAfter", answered);
        }

        if (outcome.Trouble is { } trouble)
        {
            json.WriteString("trouble", trouble);
        }

        json.WriteNumber("ms", Math.Round((decimal)outcome.Duration.TotalMilliseconds, 3));
        if (outcome.Companions.Count > 0)
        {
            json.WriteStartArray("companions");
            foreach (FuzzOutcome companion in outcome.Companions)
            {
                json.WriteStartObject();
                Write(json, companion);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public static FuzzOutcome Read(JsonElement json) => new()
    {
        Primary = Stream(json.GetProperty("primary")),
        Aux = Stream(json.GetProperty("aux")),
        AuxPort = json.GetProperty("auxPort").GetInt32(),
        AnsweredAfter = json.TryGetProperty("answeredAfter", out JsonElement answered) ? answered.GetInt32() : null,
        Trouble = json.TryGetProperty("trouble", out JsonElement trouble) ? trouble.GetString() : null,
        Duration = TimeSpan.FromMilliseconds((double)json.GetProperty("ms").GetDecimal()),
        Companions = json.TryGetProperty("companions", out JsonElement companions) ? [.. companions.EnumerateArray().Select(Read)] : [],
    };

    private static void Write(Utf8JsonWriter json, string name, OutcomeStream stream)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("connected", stream.Connected);
        if (stream.Connected)
        {
            json.WriteString("hex", Convert.ToHexStringLower(stream.Bytes));
            json.WriteString("end", PredictedText.Word(stream.End));
        }

        json.WriteEndObject();
    }

    private static OutcomeStream Stream(JsonElement json) => json.GetProperty("connected").GetBoolean()
        ? new OutcomeStream(true, Convert.FromHexString(json.GetProperty("hex").GetString()!), End(json.GetProperty("end").GetString()))
        : OutcomeStream.None;

    private static StreamEnd End(string? word) => Array.Find(Enum.GetValues<StreamEnd>(), end => PredictedText.Word(end) == word) is var found && PredictedText.Word(found) == word
        ? found
        : throw new FormatException($"there is no end '{word}' of a stream");
}
