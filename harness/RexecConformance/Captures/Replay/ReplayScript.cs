using System.Text;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Captures.Replay;

/// <summary>The client's side of a conversation as actions that can be driven against a target.</summary>
/// <remarks>Immutable: each change gives a new script. What a change does to lengths or segments is in <see cref="Notes"/>.</remarks>
public sealed class ReplayScript
{
    private readonly IReadOnlyList<ScriptField> _fields;

    internal ReplayScript(
        IReadOnlyList<WireStep> actions, IReadOnlyList<ScriptField> fields, AuxMode auxMode, IReadOnlyList<string> notes)
    {
        (Actions, _fields, AuxMode, Notes) = (actions, fields, auxMode, notes);
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<WireStep> Actions { get; }

    /// <summary>What has to be ready at the aux port. Anything but none needs <see cref="WithAuxPort"/> before the script is driven.</summary>
    public AuxMode AuxMode { get; }

    /// <summary>Where the script departs from the capture, one line each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Makes the script of a conversation.</summary>
    /// <param name="conversation">Any.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="reason">Why there is no script, in one line: bytes of the client are not in the file, or there are none.</param>
    /// <returns>The script, or null.</returns>
    public static ReplayScript? TryCreate(Conversation conversation, ReplayOptions? options, out string? reason)
    {
        reason = Obstacle(conversation);
        return reason is null ? new ReplayScriptBuilder(conversation, options ?? new ReplayOptions()).Build() : null;
    }

    /// <summary>Names our own listener's port in place of the captured one.</summary>
    /// <param name="port">1 to 65535.</param>
    public ReplayScript WithAuxPort(int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        if (AuxMode == AuxMode.None || Field("port") is not { } field)
        {
            return this;
        }

        var text = PortField.Rewrite(Text(field), port, out var note);
        return Replace(field, text, note is null ? [] : [note]);
    }

    /// <summary>Puts an account of the target in place of the captured user name and password.</summary>
    /// <param name="name">The user name, sent as UTF-8.</param>
    /// <param name="password">The password, sent as UTF-8.</param>
    /// <remarks>
    /// Meant for conversations that the captured server accepted (<see cref="Conversation.Accepted"/>). One that was refused
    /// is refused for what it sent: replacing that would replay something else.
    /// </remarks>
    public ReplayScript Substitute(string name, string password) => SubstituteField("username", name).SubstituteField("password", password);

    private ReplayScript SubstituteField(string fieldName, string value) =>
        Field(fieldName) is { } field ? Replace(field, Encoding.UTF8.GetBytes(value), []) : this;

    private ReplayScript Replace(ScriptField field, byte[] text, IReadOnlyList<string> notes)
    {
        var sends = Actions.OfType<Send>().Where(send => send.Stream == StreamName.Primary).ToList();
        var segments = SegmentedBytes.Replace([.. sends.Select(send => send.Bytes)], field.Offset, field.Length, text);
        var next = new Queue<byte[]>(segments);
        var actions = Actions
            .Select(action => action is Send { Stream: StreamName.Primary } send ? send with { Bytes = next.Dequeue() } : action)
            .Where(action => action is not Send { Bytes.Length: 0 })
            .ToList();
        var change = text.Length - field.Length;
        if (change != 0)
        {
            notes = [.. notes, $"the {field.Name} has {text.Length} bytes in place of {field.Length}"];
        }

        if (actions.Count < Actions.Count)
        {
            notes = [.. notes, $"{Actions.Count - actions.Count} fewer segments, as the {field.Name} is shorter"];
        }

        var fields = _fields
            .Select(other => other == field ? other with { Length = text.Length }
                : other.Offset > field.Offset ? other with { Offset = other.Offset + change } : other)
            .ToList();
        return new ReplayScript(actions, fields, AuxMode, [.. Notes, .. notes]);
    }

    private static string? Obstacle(Conversation conversation)
    {
        foreach (var stream in Enum.GetValues<StreamName>())
        {
            var kept = conversation.Sent(Side.Client, stream)?.KeptWhole != false && conversation.Sent(Side.Server, stream)?.KeptWhole != false;
            if (!kept)
            {
                return $"the {stream.ToString().ToLowerInvariant()} stream is longer than what is kept in memory";
            }

            if (conversation.Sent(Side.Client, stream) is { Lost: [var first, ..] } client)
            {
                return $"{client.Lost.Sum(lost => lost.Length)} bytes that the client sent are not in the file (the first at offset {first.Offset} of {stream.ToString().ToLowerInvariant()})";
            }
        }

        return conversation.Primary.FromInitiator.StartKnown ? null : "the capture begins in the middle of the connection";
    }

    private ScriptField? Field(string name) => _fields.FirstOrDefault(field => field.Name == name);

    private byte[] Text(ScriptField field) =>
        [.. Actions.OfType<Send>().Where(send => send.Stream == StreamName.Primary)
            .SelectMany(send => send.Bytes).Skip(field.Offset).Take(field.Length)];
}

/// <summary>A complete request field's place in what the script sends on the primary stream.</summary>
internal sealed record ScriptField(string Name, int Offset, int Length);
