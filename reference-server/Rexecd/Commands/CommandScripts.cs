using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Rexecd;

/// <summary>
/// Scripted commands of files (<c>--scripts</c>, docs/rexecd.md): the text of a command, and what it reads and writes in its
/// place. No process is ever started for one.
/// </summary>
public sealed class CommandScripts
{
    private const string CapturedPrefix = "captured/";

    // Read when a command is asked for that is in no other list: starting need not wait for it.
    private static readonly Lazy<CommandScripts> s_captured = new(ReadCaptured);

    private readonly Dictionary<string, IReadOnlyList<ScriptStep>> _byCommand = [];

    private CommandScripts()
    {
    }

    /// <summary>No command but those that are built in: among them the commands of the suite's own captures.</summary>
    public static CommandScripts None { get; } = new();

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">Unreadable, or an unknown key or value; the message has the position.</exception>
    public static CommandScripts Load(string path) => None.WithFile(path);

    /// <summary>These commands and those of a file.</summary>
    /// <exception cref="FileFormatException">As for <see cref="Load"/>; also for a command that is there already with other steps.</exception>
    public CommandScripts WithFile(string path) => With(YamlFile.Read(path));

    /// <summary>These commands and those of a text in the format of the files.</summary>
    /// <param name="name">What errors call the text.</param>
    /// <param name="text">YAML.</param>
    /// <exception cref="FileFormatException">As for <see cref="Load"/>; also for a command that is there already with other steps.</exception>
    public CommandScripts With(string name, string text) => With(YamlFile.Parse(name, text));

    /// <summary>What a command does, byte for byte the same text; null if no file has it. A file comes before what is built in.</summary>
    internal IReadOnlyList<ScriptStep>? Find(ReadOnlySpan<byte> command)
    {
        string text = ByteText.Text(command);
        return _byCommand.GetValueOrDefault(text) ?? s_captured.Value._byCommand.GetValueOrDefault(text);
    }

    private static CommandScripts ReadCaptured()
    {
        CommandScripts all = None;
        foreach (string name in typeof(CommandScripts).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(CapturedPrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(typeof(CommandScripts).Assembly.GetManifestResourceStream(name)!);
            all = all.With(name, reader.ReadToEnd());
        }

        return all;
    }

    private CommandScripts With(YamlFile file)
    {
        var all = new CommandScripts();
        foreach ((string command, IReadOnlyList<ScriptStep> steps) in _byCommand)
        {
            all._byCommand[command] = steps;
        }

        foreach ((YamlNode key, YamlNode node) in file.Root.Children)
        {
            switch (file.Scalar(key, "key").Value)
            {
                case "format":
                    file.CheckFormat(node);
                    break;
                case "commands":
                    foreach (YamlNode command in (node as YamlSequenceNode ?? throw file.Error(node, "commands: a list expected")).Children)
                    {
                        all.Add(file, command);
                    }

                    break;
                default:
                    throw file.Error(key, $"unknown key '{key}', format or commands expected");
            }
        }

        return all;
    }

    private void Add(YamlFile file, YamlNode node)
    {
        string? command = null;
        List<ScriptStep> steps = [];
        foreach ((YamlNode key, YamlNode value) in file.Mapping(node, "a command").Children)
        {
            switch (file.Scalar(key, "key").Value)
            {
                case "command":
                    command = ByteText.Text(Bytes(file, value));
                    break;
                case "steps":
                    steps = [.. (value as YamlSequenceNode ?? throw file.Error(value, "steps: a list expected")).Children.Select(step => Step(file, step))];
                    break;
                default:
                    throw file.Error(key, $"unknown key '{key}', command or steps expected");
            }
        }

        command = command ?? throw file.Error(node, "a command has no 'command'");
        if (_byCommand.TryGetValue(command, out IReadOnlyList<ScriptStep>? other) && !Same(other, steps))
        {
            throw file.Error(node, $"the command {ByteText.Quote(command.Length <= 60 ? command : command[..60])} is there already, with other steps");
        }

        _byCommand[command] = steps;
    }

    private static bool Same(IReadOnlyList<ScriptStep> one, IReadOnlyList<ScriptStep> other) => one.Count == other.Count
        && one.Zip(other).All(pair => pair.First.Act == pair.Second.Act && pair.First.Count == pair.Second.Count && pair.First.Bytes.AsSpan().SequenceEqual(pair.Second.Bytes));

    private static ScriptStep Step(YamlFile file, YamlNode node)
    {
        if (node is YamlScalarNode { Value: "hold" })
        {
            return new ScriptStep(ScriptAct.Hold, [], 0);
        }

        if (node is not YamlMappingNode { Children: [(YamlScalarNode { Value: { } name }, YamlNode value)] })
        {
            throw file.Error(node, "a step: 'hold', or one of stdout, stderr, input, signals with its value expected");
        }

        return name switch
        {
            "stdout" => new ScriptStep(ScriptAct.Stdout, Bytes(file, value), 0),
            "stderr" => new ScriptStep(ScriptAct.Stderr, Bytes(file, value), 0),
            "input" when value is YamlScalarNode { Value: "end" } => new ScriptStep(ScriptAct.InputEnd, [], 0),
            "input" => new ScriptStep(ScriptAct.Input, [], Count(file, value)),
            "signals" => new ScriptStep(ScriptAct.Signals, [], Count(file, value)),
            _ => throw file.Error(node, $"there is no step '{name}', one of stdout, stderr, input, signals, hold expected"),
        };
    }

    private static int Count(YamlFile file, YamlNode node) =>
        int.TryParse(file.Scalar(node, "a count").Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw file.Error(node, "a number of bytes expected");

    /// <summary>A text in which a character is a byte, <c>{ hex: "00 1e" }</c>, or a list of these, joined.</summary>
    private static byte[] Bytes(YamlFile file, YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode { Value: { } text }:
                return ByteText.IsBytes(text) ? ByteText.Bytes(text) : throw file.Error(node, "a character is more than one byte: hex expected for it");
            case YamlSequenceNode list:
                return [.. list.Children.SelectMany(child => Bytes(file, child))];
            case YamlMappingNode { Children: [(YamlScalarNode { Value: "hex" }, YamlScalarNode { Value: { } digits })] }:
                try
                {
                    return Convert.FromHexString(string.Concat(digits.Where(c => !char.IsWhiteSpace(c))));
                }
                catch (FormatException)
                {
                    throw file.Error(node, "hex: pairs of hexadecimal digits expected");
                }

            default:
                throw file.Error(node, "a text, { hex: ... } or a list of these expected");
        }
    }
}
