using System.Net.Sockets;
using System.Runtime.InteropServices;
using Posix;

namespace Rexecd;

/// <summary>Runs a server until a signal ends it: SIGTERM lets sessions end first, SIGINT or a second SIGTERM does not wait.</summary>
internal static class Host
{
    public static async Task<int> RunAsync(RexecServerOptions options, TimeSpan grace, LogWriter log, TextWriter output, TextWriter error)
    {
        var end = new TaskCompletionSource<ExitCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var now = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = On(PosixSignal.SIGINT, ExitCode.Interrupted);
        using PosixSignalRegistration terminate = On(PosixSignal.SIGTERM, ExitCode.Success);
        using PosixSignalRegistration? hangup = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            log.Reopen();
        });
        using IDisposable? orphans = OperatingSystem.IsLinux() && Children.InheritsOrphans ? Children.ReapOrphans() : null;
        RexecServer server;
        try
        {
            server = RexecServer.Start(DescriptorCeiling.Apply(options));
        }
        catch (SocketException e)
        {
            return CommandLine.Fail(error, $"cannot listen on {options.Listen}: {e.Message}", ExitCode.NotStarted);
        }

        await using (server.ConfigureAwait(false))
        {
            try
            {
                await output.WriteLineAsync($"rexecd: ready on {server.EndPoint} dialect {options.Dialect.Name}").ConfigureAwait(false);
                await output.FlushAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // A full disk, a closed descriptor: nobody waits for the line, and the log has the same.
            }

            if (await Task.WhenAny(end.Task, server.Ended).ConfigureAwait(false) == server.Ended)
            {
                return CommandLine.Fail(error, await server.Ended.ConfigureAwait(false), ExitCode.Failed);
            }

            ExitCode code = await end.Task.ConfigureAwait(false);
            await server.StopAsync(grace, now.Token).ConfigureAwait(false);
            return (int)code;
        }

        PosixSignalRegistration On(PosixSignal signal, ExitCode code) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (!end.TrySetResult(code) || code == ExitCode.Interrupted)
            {
                now.Cancel();
            }
        });
    }
}
