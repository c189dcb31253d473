using System.Net.Sockets;

namespace Rexecd;

/// <summary>What the server itself says: diagnostics, the status byte, a shell that does not start.</summary>
internal sealed class Replies(Dialect dialect, Connections connections, CancellationToken cancel)
{
    /// <summary><c>diagnostic = [flag] text terminator</c>; null is a refusal without a word.</summary>
    public async ValueTask DiagnosticAsync(string? text, ReplyStream stream)
    {
        if (text is null)
        {
            return;
        }

        byte[] line = ByteText.Bytes(text + dialect.DiagnosticTerminator);
        Socket connection = connections.On(stream);
        if (dialect.DiagnosticFlag is { } flag)
        {
            if (dialect.DiagnosticWrite == DiagnosticWrite.FlagApart)
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
        if (dialect.StatusByte is { } status)
        {
            await SendAsync(connections.On(dialect.StatusStream), [status]).ConfigureAwait(false);
        }
    }

    /// <summary><c>shell-failure = [flag] text terminator</c>: exec has failed; most servers have no flag byte here (facts 2.9).</summary>
    public async ValueTask ShellFailedAsync(string shell, string error)
    {
        if (dialect.ShellFailed is { } text)
        {
            string line = text.Replace("{shell}", shell, StringComparison.Ordinal).Replace("{error}", error, StringComparison.Ordinal);
            byte[] flag = dialect.ShellFlag is { } byteBefore ? [byteBefore] : [];
            await SendAsync(connections.On(dialect.ShellStream), [.. flag, .. ByteText.Bytes(line + dialect.DiagnosticTerminator)]).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(Socket connection, byte[] bytes) =>
        _ = await connection.SendAsync(bytes, cancel).ConfigureAwait(false);
}
