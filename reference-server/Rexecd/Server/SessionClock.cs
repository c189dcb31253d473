namespace Rexecd;

/// <summary>The time-outs of a session. At the end of one the session is cancelled, and nothing is said (facts 2.3).</summary>
internal sealed class SessionClock(RexecServerOptions options, CancellationTokenSource cancel)
{
    private bool _coversRequest = options.Dialect.PortTimeoutScope == TimeoutScope.Request;

    /// <summary>Step 1 begins.</summary>
    public void Port() => Set(options.PortTimeout, options.Dialect.PortTimeout);

    /// <summary>Step 2 begins.</summary>
    public void Connect() => SetOwn(options.ConnectTimeout, options.Dialect.AuxTimeout);

    /// <summary>Steps 3 to 5 begin.</summary>
    public void Fields() => SetOwn(options.FieldTimeout, options.Dialect.FieldsTimeout);

    /// <summary>A step has ended, and no other begins at once.</summary>
    public void StepEnds() => SetOwn(null, null);

    /// <summary>The request is read, or will never be answered.</summary>
    public void RequestEnds()
    {
        _coversRequest = false;
        Set(null, null);
    }

    /// <summary>Where one clock covers the request it goes on.</summary>
    private void SetOwn(TimeSpan? option, int? dialect)
    {
        if (!_coversRequest)
        {
            Set(option, dialect);
        }
    }

    private void Set(TimeSpan? option, int? dialect) =>
        cancel.CancelAfter(option ?? (dialect is { } ms ? TimeSpan.FromMilliseconds(ms) : Timeout.InfiniteTimeSpan));
}
