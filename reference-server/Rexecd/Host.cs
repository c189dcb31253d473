using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Rexecd;

/// <summary>Runs a server until a signal ends it.</summary>
internal static class Host
{
    public static async Task<int> RunAsync(RexecServerOptions options, TextWriter output, TextWriter error)
    {
        var end = new TaskCompletionSource<ExitCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = On(PosixSignal.SIGINT, ExitCode.Interrupted);
        using PosixSignalRegistration terminate = On(PosixSignal.SIGTERM, ExitCode.Success);
        RexecServer server;
        try
        {
            server = RexecServer.Start(options);
        }
        catch (SocketException e)
        {
            return CommandLine.Fail(error, $"cannot listen on {options.Listen}: {e.Message}", ExitCode.NotStarted);
        }
        catch (Exception e) when (e is ArgumentException or PlatformNotSupportedException)
        {
            return CommandLine.Fail(error, e.Message, ExitCode.Usage);
        }

        await using (server.ConfigureAwait(false))
        {
            await output.WriteLineAsync($"rexecd: ready on {server.EndPoint} dialect {options.Dialect.Name}").ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
            return (int)await end.Task.ConfigureAwait(false);
        }

        PosixSignalRegistration On(PosixSignal signal, ExitCode code) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            end.TrySetResult(code);
        });
    }
}
