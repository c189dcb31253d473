namespace Rexecd;

/// <summary>The ceiling of a whole session (<c>--session-timeout</c>).</summary>
internal static class SessionCeiling
{
    /// <summary>Stops the session after this time, unless the clock is disposed before; null is no clock.</summary>
    public static ITimer? Start(Session session, RexecServerOptions options) => options.SessionTimeout == Timeout.InfiniteTimeSpan
        ? null
        : options.Time.CreateTimer(_ => session.Stop("session-timeout"), null, options.SessionTimeout, Timeout.InfiniteTimeSpan);
}
