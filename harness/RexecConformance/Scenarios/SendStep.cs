using RexecConformance.Bytes;
using RexecConformance.Transcripts;

namespace RexecConformance.Scenarios;

/// <summary>One thing that the client does.</summary>
public abstract record SendStep;

/// <summary>Sends bytes on the primary connection.</summary>
/// <param name="Kind">The step's key: port, username, password, command, bytes, stdin.</param>
/// <param name="Bytes">The bytes, a field's NUL included.</param>
public sealed record BytesStep(string Kind, ByteTemplate Bytes) : SendStep
{
    /// <summary>True for the four request fields.</summary>
    public bool IsField => Kind is "port" or "username" or "password" or "command";
}

/// <summary>Nothing is sent for a while.</summary>
public sealed record PauseStep(TimeSpan Duration) : SendStep;

/// <summary>Waits for the server's auxiliary connection.</summary>
public sealed record AwaitAuxStep(TimeSpan Within) : SendStep;

/// <summary>Waits until a stream has received at least as many bytes as these.</summary>
public sealed record AwaitBytesStep(StreamName Stream, ByteTemplate Bytes, TimeSpan Within) : SendStep;

/// <summary>Waits until the server has ended a stream.</summary>
public sealed record AwaitEndStep(StreamName Stream, TimeSpan Within) : SendStep;

/// <summary>Sends one byte for each number on the auxiliary connection.</summary>
public sealed record SignalStep(IReadOnlyList<byte> Signals) : SendStep
{
    /// <summary>All of them in one segment, as a captured client did; else each is one.</summary>
    public bool Together { get; init; }
}

/// <summary>The client sends no more on a stream, but reads on.</summary>
public sealed record HalfCloseStep(StreamName Stream) : SendStep;

/// <summary>The client closes a stream.</summary>
public sealed record CloseStep(StreamName Stream) : SendStep;

/// <summary>The client resets a stream.</summary>
public sealed record ResetStep(StreamName Stream) : SendStep;
