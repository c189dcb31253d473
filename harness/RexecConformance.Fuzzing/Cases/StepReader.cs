using System.Text.Json;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>Reads what <see cref="StepText"/> writes.</summary>
internal static class StepReader
{
    private const string Steps = "port, username, password, command, bytes, stdin, pause, await, signal, half-close, close, reset";

    public static IReadOnlyList<SendStep> ReadList(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(Read)]
        : throw new FormatException("'send' expects a list of steps");

    private static SendStep Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.EnumerateObject().Any())
        {
            throw new FormatException($"a step is {element.ValueKind.ToString().ToLowerInvariant()}, expected one of: {Steps}");
        }

        JsonProperty first = element.EnumerateObject().First();
        switch (first.Name)
        {
            case "port" or "username" or "password" or "command":
                CaseReader.Allow(element, "a step", first.Name, "nul");
                return new BytesStep(first.Name, TemplateReader.Read(first.Value, CaseReader.Flag(element, "nul", otherwise: true)));
            case "bytes" or "stdin":
                CaseReader.Allow(element, "a step", first.Name);
                return new BytesStep(first.Name, TemplateReader.Read(first.Value, withNul: false));
            case "pause":
                CaseReader.Allow(element, "a step", first.Name);
                return new PauseStep(ExactTimes.Read(CaseReader.Text(first), first.Name));
            case "await":
                CaseReader.Allow(element, "a step", first.Name, "bytes", "end", "within");
                return ReadAwait(element, Stream(first));
            case "signal":
                CaseReader.Allow(element, "a step", first.Name, "together");
                return new SignalStep(Signals(first.Value)) { Together = CaseReader.Flag(element, "together", otherwise: false) };
            case "half-close":
                CaseReader.Allow(element, "a step", first.Name);
                return new HalfCloseStep(Stream(first));
            case "close":
                CaseReader.Allow(element, "a step", first.Name);
                return new CloseStep(Stream(first));
            case "reset":
                CaseReader.Allow(element, "a step", first.Name);
                return new ResetStep(Stream(first));
            default:
                throw new FormatException($"there is no step '{first.Name}', expected one of: {Steps}");
        }
    }

    private static SendStep ReadAwait(JsonElement element, StreamName stream)
    {
        TimeSpan within = ExactTimes.Read(CaseReader.Text(CaseReader.Require(element, "within", "an await"), "within"), "within");
        return element.TryGetProperty("bytes", out JsonElement bytes) ? new AwaitBytesStep(stream, TemplateReader.Read(bytes, withNul: false), within)
            : CaseReader.Flag(element, "end", otherwise: false) ? new AwaitEndStep(stream, within)
            : stream == StreamName.Aux ? new AwaitAuxStep(within)
            : throw new FormatException("'await' on the primary needs 'bytes' or 'end'");
    }

    private static byte[] Signals(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetByte(out byte signal)
            ? signal
            : throw new FormatException($"a signal is {item.GetRawText()}, expected a number from 0 to 255"))]
        : throw new FormatException("'signal' expects a list of numbers from 0 to 255");

    private static StreamName Stream(JsonProperty property) => CaseReader.Text(property) switch
    {
        "primary" => StreamName.Primary,
        "aux" => StreamName.Aux,
        var other => throw new FormatException($"'{property.Name}' is '{other}', expected primary or aux"),
    };
}
