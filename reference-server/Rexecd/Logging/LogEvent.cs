namespace Rexecd;

/// <summary>One event of the log: a name, and what belongs to it. Never a password, not even a wrong one (docs/hosting.md).</summary>
/// <param name="Name">Such as <c>accept</c>; small letters and dashes.</param>
/// <param name="Fields">In the order in which they are written.</param>
public sealed record LogEvent(string Name, IReadOnlyList<LogField> Fields)
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The line of <c>--log-format text</c>, without the time.</summary>
    public override string ToString() => LogText.Line(this);
}

/// <summary>One field of an event.</summary>
/// <param name="Name">Small letters and dashes.</param>
/// <param name="Value">
/// A number (<see cref="long"/>); a word of the server's own (<see cref="string"/>); or text that came from elsewhere
/// (<see cref="ReadOnlyMemory{T}"/> of bytes), which is quoted, escaped and cut.
/// </param>
public readonly record struct LogField(string Name, object Value);
