using RexecConformance.Targets;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Tells each trouble of a target once: a crash, a server that has gone.</summary>
/// <param name="target">The server.</param>
internal sealed class TroubleWatch(ITarget target)
{
    private int _told;

    /// <summary>
    /// What is wrong now and was not told before, or null. With several cases under way it may be another's that
    /// brought it about; that the server has gone is told to all.
    /// </summary>
    public string? Next()
    {
        if (target.Gone is { IsCompletedSuccessfully: true } gone)
        {
            return $"the server has gone: {gone.Result}";
        }

        IReadOnlyList<string> all = target.Troubles;
        int told = Volatile.Read(ref _told);
        return told < all.Count && Interlocked.CompareExchange(ref _told, told + 1, told) == told ? all[told] : null;
    }
}
