using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Rexecd;

/// <summary>One session: the steps of the manual page, in its order and with its numbers.</summary>
internal sealed class Session
{
    private readonly RexecServerOptions _options;
    private readonly ILogins _logins;
    private readonly Dialect _dialect;
    private readonly Socket _primary;
    private readonly CancellationTokenSource _cancel = new();
    private IPEndPoint? _client;

    public Session(RexecServerOptions options, ILogins logins, Socket primary)
    {
        _options = options;
        _logins = logins;
        _dialect = options.Dialect;
        _primary = primary;
    }

    /// <summary>Ends the session; its task completes soon after.</summary>
    public void Stop()
    {
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
        try
        {
            using var connections = new Connections(_primary);
            _client = connections.Client;
            using var reader = new RequestReader(_primary, _dialect);
            await ServeAsync(connections, reader).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The client went away, a time-out, or Stop: a daemon that dies says nothing (facts 2.3).
            _options.Log?.Invoke(Line(e is SocketException ? "connection lost" : "time-out or stop"));
        }
        catch (Exception e)
        {
            _options.Log?.Invoke(Line($"internal error: {e}"));
        }
        finally
        {
            _primary.Dispose();
            _cancel.Dispose();
        }
    }

    private async Task ServeAsync(Connections connections, RequestReader reader)
    {
        RequestParser request = reader.Request;
        var replies = new Replies(_dialect, connections, _cancel.Token);

        // Step 1: characters up to a NUL are a number, base 10. The clock runs from the accept.
        Deadline(_options.PortTimeout, _dialect.PortTimeout);
        if (!await ReadFieldAsync(reader, replies).ConfigureAwait(false))
        {
            return;
        }

        // Step 2: if it is not zero, a second connection to that port on the client's machine.
        if (_dialect.AuxConnect == AuxConnect.AfterPort && !await ConnectAuxAsync(connections, request.Port).ConfigureAwait(false))
        {
            return;
        }

        // Step 2 of a server that goes wrong there: whatever comes is read, nothing is ever said.
        if (_dialect.AuxConnect == AuxConnect.NeverAnswers && request.Port != 0)
        {
            Deadline(null, null); // the port has come in time
            _options.Log?.Invoke(Line($"port {request.Port} asked for: never answered"));
            await Hang.UntilLeftAsync(_primary, _cancel.Token).ConfigureAwait(false);
            return;
        }

        // Step 3: user name. Step 4: password. Step 5: command.
        Deadline(_options.FieldTimeout, _dialect.FieldsTimeout);
        while (request.Field <= Field.Command)
        {
            if (!await ReadFieldAsync(reader, replies).ConfigureAwait(false))
            {
                return;
            }
        }

        Deadline(null, null);

        // Step 6: validate the user, then change to the home directory.
        Login login = await _logins.CheckAsync(new LoginRequest(request.Username, request.Password, connections.Client), _cancel.Token).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable ended = login.ConfigureAwait(false);
        if (login.Refusal is { } refusal)
        {
            _options.Log?.Invoke(Line($"user {Printable(request.Username)} refused: {refusal.Reason}"));
            await Task.Delay(refusal.Delayed ? _dialect.RefusalDelay : 0, _cancel.Token).ConfigureAwait(false);
            await replies.DiagnosticAsync(refusal.Text, _dialect.DiagnosticStream).ConfigureAwait(false);
            return;
        }

        Account account = Profile.Of(await HomeDirectory.LookAsync(login.Account!, _options).ConfigureAwait(false), _options);
        if (!await PrepareAsync(Stage.BeforeStatus, account, connections, replies).ConfigureAwait(false))
        {
            return;
        }

        // Step 2, where a dialect has it here: clients that wait for it before they send the user name hang (facts 3.6).
        if (_dialect.AuxConnect == AuxConnect.AfterLogin && !await ConnectAuxAsync(connections, request.Port).ConfigureAwait(false))
        {
            return;
        }

        // Step 7: a null byte, and the command line is passed to the shell, which inherits the connections.
        await replies.StatusAsync().ConfigureAwait(false);
        if (await PrepareAsync(Stage.AfterStatus, account, connections, replies).ConfigureAwait(false))
        {
            _options.Log?.Invoke(Line($"user {Printable(request.Username)} accepted{(_options.LogCommands ? ": " + Printable(request.Command) : "")}"));
            if (_options.Audit)
            {
                _options.Log?.Invoke($"audit: host {connections.Client.Address} user {Printable(request.Username)} command {Printable(request.Command)}");
            }

            var job = new Job(account, request.Command, _dialect, connections, replies, _options, _cancel.Token);
            await (_options.Commands == CommandMode.Scripted ? ScriptedCommand.RunAsync(job) : ShellCommand.RunAsync(job)).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the current field; false if the session ends here, after whatever diagnostic there is.</summary>
    private async ValueTask<bool> ReadFieldAsync(RequestReader reader, Replies replies)
    {
        Field field = reader.Request.Field;
        ParseStatus? status = await reader.ReadFieldAsync(_cancel.Token).ConfigureAwait(false);
        if (status == ParseStatus.Done)
        {
            return true;
        }

        _options.Log?.Invoke(Line($"{Kebab.Of(field)}: {(status is { } s ? Kebab.Of(s) : "end of file")}"));
        if (field != Field.Port && status != ParseStatus.OverCeiling)
        {
            FieldRules rules = _dialect.Rules(field);
            string? text = status == ParseStatus.TooLong ? rules.TooLong : rules.EndOfFile;
            await replies.DiagnosticAsync(text, _dialect.DiagnosticStream).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>True when connected, or when no port was given; a failed connect ends the session without a word.</summary>
    private async ValueTask<bool> ConnectAuxAsync(Connections connections, ushort port)
    {
        Deadline(_options.ConnectTimeout, _dialect.AuxTimeout);
        if (port == 0 || await connections.ConnectAuxAsync(port, _cancel.Token).ConfigureAwait(false))
        {
            Deadline(null, null);
            return true;
        }

        _options.Log?.Invoke(Line($"cannot connect to the client's port {port}"));
        return false;
    }

    /// <summary>Pipe, fork and home directory, where the dialect has them; false after a failure and its diagnostic.</summary>
    private async ValueTask<bool> PrepareAsync(Stage stage, Account account, Connections connections, Replies replies)
    {
        bool pipes = _dialect.StderrCarrier == StderrCarrier.Relay && connections.Aux is not null;
        if (_dialect.ForkStage == stage && pipes && _options.Faults.Contains(Fault.Pipe))
        {
            await replies.DiagnosticAsync(_dialect.PipeFailed, _dialect.ForkStream).ConfigureAwait(false);
            return false;
        }

        bool forks = _dialect.Fork == ForkUse.Always || (_dialect.Fork == ForkUse.WithAux && connections.Aux is not null);
        if (_dialect.ForkStage == stage && forks && _options.Faults.Contains(Fault.Fork))
        {
            await replies.DiagnosticAsync(_dialect.ForkFailed, _dialect.ForkStream).ConfigureAwait(false);
            return false;
        }

        if (_dialect.HomeCheck == stage && !account.HomeExists)
        {
            await replies.DiagnosticAsync(_dialect.NoRemoteDirectory, _dialect.HomeStream).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private void Deadline(TimeSpan? option, int? dialect) =>
        _cancel.CancelAfter(option ?? (dialect is { } ms ? TimeSpan.FromMilliseconds(ms) : Timeout.InfiniteTimeSpan));

    private string Line(string what) => $"{_client}: {what}";

    private static string Printable(ReadOnlyMemory<byte> bytes) => ByteText.Quote(ByteText.Text(bytes.Span));
}
