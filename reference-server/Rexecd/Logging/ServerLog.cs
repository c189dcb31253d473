using System.Net;

namespace Rexecd;

/// <summary>What is logged of the server itself, one method an event.</summary>
internal sealed class ServerLog(Action<LogEvent>? sink)
{
    private const string Clear = "rexec sends passwords and commands in the clear: whoever is on the way reads them";

    private readonly Lock _lock = new();
    private long _acceptFailures;
    private long _nextAcceptLine;

    /// <summary>The server begins, by these options.</summary>
    public void Start(RexecServerOptions options) => Write(
        "start",
        new LogField("dialect", options.Dialect.Name),
        new LogField("commands", Kebab.Of(options.Commands)));

    /// <summary>Clients can connect.</summary>
    public void Ready(IPEndPoint address)
    {
        Write("ready", new LogField("address", address.ToString()));
        if (!IPAddress.IsLoopback(address.Address))
        {
            Warning($"{address.Address} is not loopback, and {Clear}");
        }
    }

    /// <summary>What a person should know.</summary>
    public void Warning(string message) => Write("warning", new LogField("text", message));

    /// <summary>A connection was closed at once.</summary>
    public void TooMany(string peer, string limit) => Write("too-many", new LogField("peer", peer), new LogField("limit", limit));

    /// <summary>accept(2) failed: out of descriptors, or a client that left the queue. One line in five seconds at most.</summary>
    public void AcceptFailed(string reason)
    {
        long failures;
        lock (_lock)
        {
            _acceptFailures++;
            if (Environment.TickCount64 < _nextAcceptLine)
            {
                return;
            }

            _nextAcceptLine = Environment.TickCount64 + 5000;
            (failures, _acceptFailures) = (_acceptFailures, 0);
        }

        Write("accept-failed", new LogField("reason", reason), new LogField("times", failures));
    }

    /// <summary>The server stops.</summary>
    /// <param name="sessions">Sessions that are open.</param>
    /// <param name="how"><c>grace</c>: they may end; <c>now</c>: they are ended.</param>
    public void Stop(int sessions, string how) => Write("stop", new LogField("sessions", (long)sessions), new LogField("how", how));

    /// <summary>What went wrong, for a person.</summary>
    public void Error(string message) => Write("error", new LogField("text", message));

    private void Write(string name, params LogField[] fields) => sink?.Invoke(new LogEvent(name, fields));
}
