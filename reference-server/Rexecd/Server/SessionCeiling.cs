namespace Rexecd;

/// <summary>The ceiling of a whole session (<c>--session-timeout</c>).</summary>
internal static class SessionCeiling
{
    /// <summary>Stops the session after this time, unless the clock is disposed before; null is no clock.</summary>
    public static Timer? Start(Session session, TimeSpan timeout) => timeout == Timeout.InfiniteTimeSpan
        ? null
        : new Timer(_ => session.Stop("session-timeout"), null, timeout, Timeout.InfiniteTimeSpan);
}
