using System.Globalization;
using RexecConformance.Bytes;
using RexecConformance.Transcripts;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Scenarios;

/// <summary>Reads the steps of <c>send</c>.</summary>
internal static class SendStepReader
{
    /// <summary>How long an <c>await</c> waits unless told.</summary>
    public static readonly TimeSpan DefaultAwait = TimeSpan.FromSeconds(10);

    private const string Steps =
        "port, username, password, command, bytes, stdin, pause, await, signal, half-close, close, reset";

    public static IReadOnlyList<SendStep> Read(MappingReader map)
    {
        if (map.Require("send") is not { } node)
        {
            return [];
        }

        return ReadList(map.Source, node);
    }

    /// <summary>Reads a list of steps, at least one.</summary>
    public static IReadOnlyList<SendStep> ReadList(SourceFile source, YamlNode node, string key = "send")
    {
        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            source.Report(node, $"'{key}' is {(node is YamlSequenceNode ? "an empty list" : SourceFile.Kind(node))}, expected a list of steps");
            return [];
        }

        return [.. list.Children.Select(child => ReadStep(source, child)).OfType<SendStep>()];
    }

    private static SendStep? ReadStep(SourceFile source, YamlNode node)
    {
        if (node is not YamlMappingNode { Children: [(YamlScalarNode { Value: { } key } keyNode, YamlNode value)] })
        {
            source.Report(node, $"a step is {SourceFile.Kind(node)}, expected one key with its value, one of: {Steps}");
            return null;
        }

        switch (key)
        {
            case "port" or "username" or "password" or "command":
                ByteTemplate field = key == "command" && TryOperation(source, value) is { } operation
                    ? operation
                    : ByteTemplateReader.Read(source, value, inExpectation: false);
                return new BytesStep(key, field.Then(new ByteTemplate([new LiteralPart([0])])));
            case "bytes" or "stdin":
                return new BytesStep(key, ByteTemplateReader.Read(source, value, inExpectation: false));
            case "pause":
                return new PauseStep(Durations.Read(source, value, key) ?? TimeSpan.Zero);
            case "await":
                return ReadAwait(source, value);
            case "signal":
                if (value is YamlMappingNode { Children: [(YamlScalarNode { Value: "together" }, YamlNode together)] })
                {
                    return new SignalStep(ReadSignals(source, together)) { Together = true };
                }

                return new SignalStep(ReadSignals(source, value));
            case "half-close":
                return new HalfCloseStep(ReadStream(source, value));
            case "close":
                return new CloseStep(ReadStream(source, value));
            case "reset":
                return new ResetStep(ReadStream(source, value));
            default:
                source.Report(keyNode, $"there is no step '{key}', expected one of: {Steps}{Nearest.Remark(key, Steps.Split(", "))}");
                return null;
        }
    }

    private static ByteTemplate? TryOperation(SourceFile source, YamlNode value)
    {
        if (value is not YamlMappingNode mapping || !mapping.Children.ContainsKey(new YamlScalarNode("operation")))
        {
            return null;
        }

        MappingReader map = source.Mapping(value, "command")!;
        string name = map.RequireText("operation");
        map.Finish();
        if (!Shell.Operations.Contains(name))
        {
            source.Report(value, $"there is no operation '{name}', expected one of: {string.Join(", ", Shell.Operations)}{Nearest.Remark(name, Shell.Operations)}");
        }

        return new ByteTemplate([new OperationPart(name)]);
    }

    private static SendStep? ReadAwait(SourceFile source, YamlNode value)
    {
        if (value is YamlScalarNode { Value: "aux" })
        {
            return new AwaitAuxStep(DefaultAwait);
        }

        if (source.Mapping(value, "await") is not { } map)
        {
            return null;
        }

        TimeSpan within = map.OptionalDuration("within") ?? DefaultAwait;
        StreamName stream = map.Require("stream") is { } node ? ReadStream(source, node) : StreamName.Primary;
        SendStep? step = null;
        if (map.TryTake("bytes", out YamlNode? bytes))
        {
            step = new AwaitBytesStep(stream, ByteTemplateReader.Read(source, bytes, inExpectation: false), within);
        }
        else if (map.Flag("end", otherwise: false))
        {
            step = new AwaitEndStep(stream, within);
        }
        else if (stream == StreamName.Aux)
        {
            step = new AwaitAuxStep(within);
        }
        else
        {
            source.Report(value, "'await' on the primary needs 'bytes' or 'end: true'");
        }

        map.Finish();
        return step;
    }

    private static IReadOnlyList<byte> ReadSignals(SourceFile source, YamlNode value)
    {
        var signals = new List<byte>();
        foreach (YamlNode node in value is YamlSequenceNode list ? list.Children : [value])
        {
            if (node is YamlScalarNode { Value: { } text }
                && byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte signal))
            {
                signals.Add(signal);
            }
            else
            {
                source.Report(node, $"a signal is {SourceFile.Kind(node)}, expected a number from 0 to 255");
            }
        }

        return signals;
    }

    internal static StreamName ReadStream(SourceFile source, YamlNode node)
    {
        if (node is YamlScalarNode { Value: "primary" or "aux" } scalar)
        {
            return scalar.Value == "aux" ? StreamName.Aux : StreamName.Primary;
        }

        source.Report(node, $"a stream is {SourceFile.Kind(node)}, expected primary or aux");
        return StreamName.Primary;
    }
}
