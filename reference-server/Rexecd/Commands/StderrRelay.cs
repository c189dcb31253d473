using System.Net.Sockets;
using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary>
/// The daemon that stays as the command's parent (facts 2.8): pipe to auxiliary connection, and each byte of the
/// auxiliary connection to the command's process group as a signal. Ends with the last holder of the pipe.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class StderrRelay(Job job, Pipe pipe, int pid)
{
    public async Task RunAsync()
    {
        IConnection aux = job.Connections.Aux!;
        bool fragile = job.Dialect.StderrCarrier == StderrCarrier.RelayUntilInput;
        var signals = new SignalReader(aux, Signal, fragile ? () => aux.Shutdown() : null);
        try
        {
            byte[] buffer = new byte[8192];
            int count;
            while ((count = await pipe.ReadAsync(buffer, job.Cancel).ConfigureAwait(false)) > 0)
            {
                await job.Replies.CommandStderrAsync(buffer.AsMemory(0, count), job.Cancel).ConfigureAwait(false);
            }
        }
        catch (SocketException)
        {
            // The client has closed it: SIGPIPE ends the daemon, and then the command if it writes again.
        }
        finally
        {
            await signals.StopAsync().ConfigureAwait(false);
        }

        await AuxEnd.RunAsync(job).ConfigureAwait(false);
    }

    private void Signal(sbyte signal)
    {
        // 0 asks only whether the group exists; the kernel refuses numbers that it does not know.
        if (signal != 0)
        {
            Processes.Signal(-pid, signal);
        }
    }
}
