using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>An operation of the target's shell as a command field.</summary>
internal sealed class KnownCommand(string operation, string text)
{
    /// <summary>A command that somebody else wrote takes its time if this is in it.</summary>
    public static ReadOnlySpan<byte> SlowWord => "sleep"u8;

    public string Operation => operation;

    public byte[] Text { get; } = ByteText.Latin1.GetBytes(text);

    /// <summary>It ends when its input ends.</summary>
    public bool Reads => operation is "copy-input" or "copy-input-to-stderr";

    /// <summary>It takes a second or more, or a hundred kilobytes.</summary>
    public bool IsSlow => operation is "sleep" or "sleep-in-background" or "catch-signal" or "write-much";

    public BytesStep Step { get; } = new("command", new ByteTemplate([new LiteralPart([.. ByteText.Latin1.GetBytes(text), 0])]));
}
