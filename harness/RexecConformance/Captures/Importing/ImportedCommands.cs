using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Captures.Tcp;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Importing;

/// <summary>The captured commands as scripted commands of the reference server: what each read and wrote, in the captured order.</summary>
internal sealed class ImportedCommands
{
    // The reader of such files takes four megabytes.
    private const int MaxLength = 3_500_000;

    private const string Other = "the same command read or wrote something else in an earlier conversation: import it by itself with --conversation";

    private readonly Dictionary<string, string> _steps = [];
    private readonly HashSet<string> _usual = [];
    private readonly StringBuilder _text = new();

    /// <summary>Adds a conversation's command.</summary>
    /// <param name="conversation">One that was accepted.</param>
    /// <param name="command">The command as it is sent.</param>
    /// <param name="output">Changes what is written: secrets, names.</param>
    /// <returns>Why it can't be served beside the others, or null.</returns>
    public string? Add(Conversation conversation, byte[] command, Func<ReadOnlyMemory<byte>, byte[]> output)
    {
        string name = ByteText.Latin1.GetString(command);
        string steps = Steps(conversation, output);
        if (_steps.TryGetValue(name, out string? other))
        {
            return other == steps ? null : Other;
        }

        if (_usual.Contains(name))
        {
            return Other;
        }

        string entry = $"  - command: {ByteYaml.WritePlain(command, 6)}\n    steps:{(steps.Length == 0 ? " []\n" : "\n" + steps)}";
        if (_text.Length + entry.Length > MaxLength)
        {
            return "the commands of this capture are too much for one file: import it in parts with --conversation";
        }

        _steps[name] = steps;
        _ = _text.Append(entry);
        return null;
    }

    /// <summary>A command that wrote what every target writes for it: it need not be in the file, and may not be there with other output.</summary>
    /// <returns>Why it can't be served beside the others, or null.</returns>
    public string? Usual(byte[] command)
    {
        string name = ByteText.Latin1.GetString(command);
        _ = _usual.Add(name);
        return _steps.ContainsKey(name) ? Other : null;
    }

    /// <summary>Whether every target's shell does the command by itself: the texts of the suite's operations.</summary>
    public static bool Everywhere(ReadOnlySpan<byte> command) => Shell.Sh.Texts.Values.Contains(ByteText.Latin1.GetString(command));

    /// <summary>The file, or null if there is no command.</summary>
    public string? File(string from) => _text.Length == 0
        ? null
        : $"# Made by 'capture import' from {ByteText.Escape(Encoding.UTF8.GetBytes(from))}: what its commands read and wrote, for the reference server.\nformat: 1\ncommands:\n{_text}";

    private static string Steps(Conversation conversation, Func<ReadOnlyMemory<byte>, byte[]> output)
    {
        bool inputRead = conversation.End(Side.Server, StreamName.Primary) == EndOfStream.Fin;
        bool signalsRead = conversation.End(Side.Server, StreamName.Aux) == EndOfStream.Fin;
        long request = conversation.Request.Length ?? long.MaxValue;
        int? ended = conversation.Sent(Side.Server, StreamName.Primary)!.EndMark?.Frame;
        var steps = new List<(string Kind, byte[] Bytes)>();
        void Step(string kind, ReadOnlyMemory<byte> bytes)
        {
            if (steps.Count > 0 && steps[^1].Kind == kind)
            {
                steps[^1] = (kind, [.. steps[^1].Bytes, .. bytes.Span]);
            }
            else
            {
                steps.Add((kind, bytes.ToArray()));
            }
        }

        foreach (DialogueEvent item in conversation.Events.Where(item => ended is null || item.Side == Side.Server || item.Mark.Frame < ended))
        {
            if (item is { Kind: EventKind.Data, Side: Side.Server })
            {
                ReadOnlyMemory<byte> own = Own(conversation, item);
                if (!own.IsEmpty)
                {
                    Step(item.Stream == StreamName.Primary ? "stdout" : "stderr", own);
                }
            }
            else if (item is { Kind: EventKind.Data, Stream: StreamName.Primary } && inputRead && item.Offset + item.Length > request)
            {
                Step("input", item.Bytes[(int)Math.Max(0, request - item.Offset)..]);
            }
            else if (item is { Kind: EventKind.Data, Side: Side.Client, Stream: StreamName.Aux } && signalsRead)
            {
                Step("signals", item.Bytes);
            }
            else if (item is { Kind: EventKind.Fin, Side: Side.Client, Stream: StreamName.Primary } && inputRead)
            {
                Step("input end", default);
            }
        }

        if (conversation.End(Side.Server, StreamName.Primary) == EndOfStream.None)
        {
            Step("hold", default);
        }

        return string.Concat(steps.Select(step => "      - " + step.Kind switch
        {
            "hold" => "hold",
            "input end" => "input: end",
            "input" or "signals" => $"{step.Kind}: {step.Bytes.Length}",
            _ => $"{step.Kind}: {ByteYaml.WritePlain(output(step.Bytes), 10)}",
        } + "\n"));
    }

    // The command's own bytes of a segment: what comes before them is the server's.
    private static ReadOnlyMemory<byte> Own(Conversation conversation, DialogueEvent item)
    {
        TcpDirection server = conversation.Sent(Side.Server, item.Stream)!;
        int known = server.Prefix.Length;
        int from = known - conversation.Reply(item.Stream).Output.Length;
        int skip = (int)Math.Clamp(from - item.Offset, 0, item.Bytes.Length);
        int stop = (int)Math.Clamp(known - item.Offset, skip, item.Bytes.Length);
        return item.Bytes[skip..stop];
    }
}
