using System.Net.Sockets;

namespace Rexecd;

/// <summary>What the server itself says: diagnostics, the status byte, a shell that does not start.</summary>
internal sealed class Replies(RexecServerOptions options, Connections connections, Defects defects, CancellationToken cancel)
{
    private const int EndlessPiece = 4096;

    private readonly Dialect _dialect = options.Dialect;

    /// <summary><c>diagnostic = [flag] text terminator</c>; null is a refusal without a word.</summary>
    public async ValueTask DiagnosticAsync(string? text, ReplyStream stream)
    {
        if (text is null)
        {
            return;
        }

        byte[] line = ByteText.Bytes(Text(text) + Terminator);
        IConnection connection = connections.On(stream);
        if (_dialect.DiagnosticFlag is { } flag)
        {
            if (_dialect.DiagnosticWrite == DiagnosticWrite.FlagApart)
            {
                await SendAsync(connection, [flag]).ConfigureAwait(false);
            }
            else
            {
                line = [flag, .. line];
            }
        }

        await SendAsync(connection, line).ConfigureAwait(false);
    }

    /// <summary><c>status = [byte]</c></summary>
    public async ValueTask StatusAsync()
    {
        if (_dialect.StatusByte is { } status && !defects.Has(Defect.LostStatus))
        {
            await SendAsync(connections.On(_dialect.StatusStream), [status]).ConfigureAwait(false);
        }
    }

    /// <summary><c>shell-failure = [flag] text terminator</c>: exec has failed; most servers have no flag byte here (facts 2.9).</summary>
    public async ValueTask ShellFailedAsync(string shell, string error)
    {
        if (_dialect.ShellFailed is { } text)
        {
            string line = text.Replace("{shell}", shell, StringComparison.Ordinal).Replace("{error}", error, StringComparison.Ordinal);
            byte[] flag = _dialect.ShellFlag is { } byteBefore ? [byteBefore] : [];
            byte[] bytes = [.. flag, .. ByteText.Bytes(line + _dialect.DiagnosticTerminator)];
            await (_dialect.ShellStream == ReplyStream.Stderr ? CommandStderrAsync(bytes, cancel) : SendAsync(connections.Primary, bytes)).ConfigureAwait(false);
        }
    }

    /// <summary>What the command writes on descriptor 2, as far as its carrier brings it.</summary>
    /// <exception cref="SocketException">The client is gone, or the relay is: SIGPIPE to the command.</exception>
    public async ValueTask CommandStderrAsync(ReadOnlyMemory<byte> bytes, CancellationToken until)
    {
        bool lost = _dialect.StderrCarrier == StderrCarrier.Nowhere || (_dialect.StderrCarrier == StderrCarrier.RelayLost && connections.Aux is not null);
        if (lost)
        {
            return;
        }

        // Such a relay finds the pipe empty when the client has said something, and takes that for its end (facts 3.5).
        if (_dialect.StderrCarrier == StderrCarrier.RelayUntilInput && connections.Aux is { Readable: true } aux)
        {
            aux.Shutdown();
        }

        await connections.On(ReplyStream.Stderr).SendAsync(bytes, until).ConfigureAwait(false);
    }

    /// <summary>Bytes of the server as they are, nothing added; null is nothing.</summary>
    public ValueTask BytesAsync(string? bytes, ReplyStream stream) =>
        bytes is null ? ValueTask.CompletedTask : SendAsync(connections.On(stream), ByteText.Bytes(bytes));

    /// <summary>A diagnostic again and again, until the client is gone or the session is stopped.</summary>
    public async Task EndlessAsync(string text, ReplyStream stream)
    {
        string once = (_dialect.DiagnosticFlag is { } flag ? ByteText.Text([flag]) : "") + text + _dialect.DiagnosticTerminator;
        byte[] many = ByteText.Bytes(string.Concat(Enumerable.Repeat(once, Math.Max(1, EndlessPiece / Math.Max(1, once.Length)))));
        while (many.Length > 0)
        {
            // A client that does not read holds this up. One that does would keep a core busy: a daemon with a system call for each is no faster.
            await SendAsync(connections.On(stream), many).ConfigureAwait(false);
            await Delay.WaitAsync(TimeSpan.FromMilliseconds(1), options.Time, cancel).ConfigureAwait(false);
        }
    }

    private string Terminator => defects.Has(Defect.DoubleTerminator) ? _dialect.DiagnosticTerminator + _dialect.DiagnosticTerminator : _dialect.DiagnosticTerminator;

    private string Text(string text) => defects.Has(Defect.LostLastByte) && text.Length > 0 ? text[..^1] : text;

    private ValueTask SendAsync(IConnection connection, byte[] bytes) => connection.SendAsync(bytes, cancel);
}
