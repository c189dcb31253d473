namespace Rexecd;

/// <summary>What the steps of one session share.</summary>
/// <param name="Options">Of the server.</param>
/// <param name="Connections">To the client.</param>
/// <param name="Reader">Of the request.</param>
/// <param name="Replies">To the client.</param>
/// <param name="Clock">Time-outs of the steps.</param>
/// <param name="Log">Of the session.</param>
/// <param name="Defects">That the server is told to have.</param>
/// <param name="Cancel">The session is over.</param>
internal sealed record Exchange(
    RexecServerOptions Options,
    Connections Connections,
    RequestReader Reader,
    Replies Replies,
    SessionClock Clock,
    SessionLog Log,
    Defects Defects,
    CancellationToken Cancel)
{
    public Dialect Dialect => Options.Dialect;

    public RequestParser Request => Reader.Request;
}
