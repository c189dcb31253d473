namespace RexecConformance.Captures.Replay;

/// <summary>One thing that the client does. Actions are done in order, each when the one before is done.</summary>
public abstract record ReplayAction
{
    private ReplayAction()
    {
    }

    /// <summary>Send these bytes as one segment.</summary>
    public sealed record Send(RexecStream Stream, byte[] Bytes) : ReplayAction;

    /// <summary>Do nothing for this long.</summary>
    public sealed record Pause(TimeSpan Time) : ReplayAction;

    /// <summary>End the client's direction (FIN) and go on reading.</summary>
    public sealed record HalfClose(RexecStream Stream) : ReplayAction;

    /// <summary>Reset the connection.</summary>
    public sealed record Reset(RexecStream Stream) : ReplayAction;

    /// <summary>Close the connection.</summary>
    public sealed record Close(RexecStream Stream) : ReplayAction;

    /// <summary>Wait until the server's aux connection is accepted. When the time is over, that is noted and the next action is done.</summary>
    public sealed record AwaitAux(TimeSpan Within) : ReplayAction;

    /// <summary>
    /// Wait until this many bytes in all have come on a stream. The stream's end ends the wait as well: another server may say
    /// less. A stream that is not connected counts as ended. When the time is over, that is noted and the next action is done.
    /// </summary>
    public sealed record AwaitBytes(RexecStream Stream, int Count, TimeSpan Within) : ReplayAction;

    /// <summary>
    /// Wait for the end (FIN or RST) of the server's direction. A stream that is not connected counts as ended. When the time is
    /// over, that is noted and the next action is done.
    /// </summary>
    public sealed record AwaitEnd(RexecStream Stream, TimeSpan Within) : ReplayAction;
}
