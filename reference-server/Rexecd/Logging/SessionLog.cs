using System.Globalization;
using System.Net;

namespace Rexecd;

/// <summary>What is logged of one session, one method an event. It is never given a password.</summary>
/// <param name="sink">Receives the events; must not throw. Null logs nothing.</param>
/// <param name="commands">Write the text of commands, and of user names that are nobody's.</param>
/// <param name="time">For how long the session took.</param>
internal sealed class SessionLog(Action<LogEvent>? sink, bool commands, TimeProvider time)
{
    private static long _count;

    private readonly long _begin = time.GetTimestamp();
    private readonly string _id = sink is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{Interlocked.Increment(ref _count)}");
    private string? _end;

    /// <summary>A client has connected.</summary>
    public void Accepted(IPEndPoint peer) => Write("accept", new LogField("peer", peer.ToString()));

    /// <summary>The dialect wants a name for the client's address, and there is none.</summary>
    public void NoPeerName()
    {
        EndsAs("no-peer-name");
        Write("no-peer-name");
    }

    /// <summary>The auxiliary connection is there.</summary>
    public void AuxConnected(ushort port) => Write("aux", new LogField("port", (long)port));

    /// <summary>There is no auxiliary connection, so the session ends.</summary>
    public void AuxFailed(ushort port, string reason)
    {
        EndsAs("aux-failed");
        Write("aux-failed", new LogField("port", (long)port), new LogField("reason", reason));
    }

    /// <summary>A server that hangs here is imitated.</summary>
    public void NeverAnswered(ushort port) => Write("never-answered", new LogField("port", (long)port));

    /// <summary>A field did not come as it should: too long, over the server's own ceiling, or cut off.</summary>
    public void FieldFailed(Field field, string reason)
    {
        EndsAs(reason);
        Write("field-failed", new LogField("field", Kebab.Of(field)), new LogField("reason", reason));
    }

    /// <summary>The user may not log in.</summary>
    /// <param name="user">As it came over the wire.</param>
    /// <param name="known">
    /// The user exists. A name that is nobody's may be a password typed in the wrong place: only its length is logged.
    /// </param>
    /// <param name="reason">The server's own words.</param>
    public void LoginRefused(ReadOnlyMemory<byte> user, bool known, string reason)
    {
        EndsAs("refused");
        LogField name = known || commands ? new LogField("user", user) : new LogField("user-length", (long)user.Length);
        Write("login-refused", name, new LogField("reason", reason));
    }

    /// <summary>The user has logged in and the command begins.</summary>
    public void LoginAccepted(ReadOnlyMemory<byte> user, ReadOnlyMemory<byte> command)
    {
        EndsAs("completed");
        LogField name = new("user", user);
        Write("login-accepted", commands ? [name, new LogField("command", command)] : [name]);
    }

    /// <summary>Who runs what: <c>--audit</c>.</summary>
    public void Audit(IPAddress host, ReadOnlyMemory<byte> user, ReadOnlyMemory<byte> command) =>
        Write("audit", new LogField("host", host.ToString()), new LogField("user", user), new LogField("command", command));

    /// <summary>The session was cut off: a time-out, a stop, or a connection that was lost.</summary>
    public void Cut(string how) => _end = how;

    /// <summary>An error of this server.</summary>
    public void Failed(Exception error)
    {
        _end = "internal-error";
        Write("internal-error", new LogField("error", error.ToString()));
    }

    /// <summary>The session has ended.</summary>
    /// <param name="requestBytes">What was read of the client's request. What a command reads and writes is not seen: it has the connections itself.</param>
    public void Ended(long requestBytes) => Write(
        "end",
        new LogField("how", _end ?? "failed"),
        new LogField("request-bytes", requestBytes),
        new LogField("milliseconds", (long)time.GetElapsedTime(_begin).TotalMilliseconds));

    private void EndsAs(string how) => _end ??= how;

    private void Write(string name, params LogField[] fields) => sink?.Invoke(new LogEvent(name, [new LogField("session", _id), .. fields]));
}
