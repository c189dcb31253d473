using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Rexecd;

/// <summary>One session: the steps of the manual page, in its order and with its numbers.</summary>
internal sealed class Session
{
    private readonly RexecServerOptions _options;
    private readonly ILogins _logins;
    private readonly Dialect _dialect;
    private readonly IClient _client;
    private readonly Defects _defects;
    private readonly CancellationTokenSource _cancel;
    private readonly SessionLog _log;
    private string? _stopped;

    public Session(RexecServerOptions options, ILogins logins, IClient client, Defects defects)
    {
        _options = options;
        _logins = logins;
        _dialect = options.Dialect;
        _client = client;
        _defects = defects;
        _cancel = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Time);
        _log = new SessionLog(options.Log, options.LogCommands, options.Time);
    }

    /// <summary>What went wrong within the server, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The most memory that a field of the request holds now, bytes.</summary>
    public int Held { get; private set; }

    /// <summary>Ends the session; its task completes soon after.</summary>
    /// <param name="why">For the log.</param>
    public void Stop(string why = "stopped")
    {
        _stopped ??= why;
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Serves the client; never throws. All is closed when the task completes.</summary>
    public async Task RunAsync()
    {
        using var reader = new RequestReader(_client.Primary, _dialect, _defects);
        try
        {
            using var connections = new Connections(_client, _defects);
            _log.Accepted(connections.Client);
            await ServeAsync(connections, reader).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The client went away, a time-out, or Stop: a daemon that dies says nothing (facts 2.3).
            _log.Cut(e is SocketException ? "connection-lost" : _stopped ?? "time-out");
        }
        catch (Exception e)
        {
            Failure = e;
            _log.Failed(e);
        }
        finally
        {
            _log.Ended(reader.Taken);
            Held = reader.Request.Held;
            _client.Primary.Dispose();
            _cancel.Dispose();
        }
    }

    private async Task ServeAsync(Connections connections, RequestReader reader)
    {
        var replies = new Replies(_options, connections, _defects, _cancel.Token);
        var clock = new SessionClock(_options, _cancel);
        var exchange = new Exchange(_options, connections, reader, replies, clock, _log, _defects, _cancel.Token);
        RequestParser request = reader.Request;

        // Before step 1, in dialects that want to know their clients: its name.
        if (!await PeerStep.RunAsync(exchange).ConfigureAwait(false))
        {
            return;
        }

        // Step 1: characters up to a NUL are a number, base 10. The clock runs from the accept.
        clock.Port();
        if (!await FieldStep.RunAsync(exchange).ConfigureAwait(false))
        {
            return;
        }

        // Step 2: if it is not zero, a second connection to that port on the client's machine.
        if (!await AuxStep.RunAsync(exchange, AuxConnect.AfterPort).ConfigureAwait(false))
        {
            return;
        }

        // Step 2 of a server that goes wrong there: whatever comes is read, nothing is ever said.
        if (_dialect.AuxConnect == AuxConnect.NeverAnswers && request.Port != 0)
        {
            clock.RequestEnds(); // the port has come in time
            _log.NeverAnswered(request.Port);
            await Hang.UntilLeftAsync(connections.Primary, _options.Time, _cancel.Token).ConfigureAwait(false);
            return;
        }

        // Step 3: user name. Step 4: password. Step 5: command.
        clock.Fields();
        bool answered = false;
        while (request.Field <= Field.Command)
        {
            answered = request.Field == Field.Command && await EarlyStatus.RunAsync(exchange, _logins).ConfigureAwait(false);
            if (!await FieldStep.RunAsync(exchange).ConfigureAwait(false))
            {
                return;
            }
        }

        clock.RequestEnds();

        // Step 6: validate the user, then change to the home directory.
        Login login = await LoginStep.CheckAsync(exchange, _logins).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable ended = login.ConfigureAwait(false);
        if (await LoginStep.RunAsync(exchange, login).ConfigureAwait(false) is not { } user)
        {
            await RefusalEnd.RunAsync(exchange).ConfigureAwait(false);
            return;
        }

        Account account = Profile.Of(await HomeDirectory.LookAsync(user, _options, _cancel.Token).ConfigureAwait(false), _options);
        if (!await PrepareStep.RunAsync(exchange, Stage.BeforeStatus, account).ConfigureAwait(false))
        {
            return;
        }

        // Step 2, where a dialect has it here: clients that wait for it before they send the user name hang (facts 3.6).
        if (!await AuxStep.RunAsync(exchange, AuxConnect.AfterLogin).ConfigureAwait(false))
        {
            return;
        }

        // Step 7: a null byte, and the command line is passed to the shell, which inherits the connections.
        if (!answered)
        {
            await replies.StatusAsync().ConfigureAwait(false);
        }

        if (await PrepareStep.RunAsync(exchange, Stage.AfterStatus, account).ConfigureAwait(false))
        {
            _log.LoginAccepted(request.Username, request.Command);
            if (_options.Audit)
            {
                _log.Audit(connections.Client.Address, request.Username, request.Command);
            }

            await EchoedRest.RunAsync(exchange).ConfigureAwait(false);
            var job = new Job(account, request.Command, _dialect, connections, replies, _options, _defects, _cancel.Token);
            await (_options.Commands == CommandMode.Scripted ? ScriptedCommand.RunAsync(job) : ShellCommand.RunAsync(job)).ConfigureAwait(false);
        }
    }
}
