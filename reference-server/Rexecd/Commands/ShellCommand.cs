using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary>
/// The commands of <c>--commands shell</c> and <c>--commands login</c>: the account's shell with the connections themselves as
/// its descriptors, so that the ends of the streams are those that the kernel gives to a real daemon's child.
/// </summary>
internal static class ShellCommand
{
    private const int Kill = 9;

    // Starts take a millisecond, but a home on a network may take any time.
    private static readonly WorkThreads Threads = new("shells", 8);

    public static Task RunAsync(Job job) => OperatingSystem.IsLinux()
        ? RunOnLinuxAsync(job)
        : throw new PlatformNotSupportedException();

    [SupportedOSPlatform("linux")]
    private static async Task RunOnLinuxAsync(Job job)
    {
        using Pipe? pipe = job.Relayed ? new Pipe() : null;
        if (await StartAsync(job, pipe).ConfigureAwait(false) is not { } pid)
        {
            job.Connections.Primary.Dispose();
            await AuxEnd.RunAsync(job).ConfigureAwait(false);
            return;
        }

        try
        {
            // The child has its copies: from here on the connections end when the last holder of a copy ends.
            job.Connections.Primary.Dispose();
            if (pipe is null)
            {
                job.Connections.Aux?.Dispose();
            }
            else
            {
                pipe.CloseWritingEnd();
                await new StderrRelay(job, pipe, pid).RunAsync().ConfigureAwait(false);

                // After an early end of the relay, a command that writes again gets SIGPIPE and does not fill the pipe.
                pipe.Dispose();
            }

            await Processes.WhenEndedAsync(pid, job.Cancel).ConfigureAwait(false);
        }
        finally
        {
            if (job.Cancel.IsCancellationRequested)
            {
                Processes.Signal(-pid, Kill);
            }

            if (!job.Defects.Has(Defect.ChildLeft))
            {
                _ = Processes.WaitForEnd(pid);
            }

            job.Options.Groups.Left(pid);
        }
    }

    [SupportedOSPlatform("linux")]
    private static int Start(Job job, Pipe? pipe)
    {
        SpawnRequest request = ShellRequest.Of(job, pipe);
        if (job.InPlace)
        {
            ExecInPlace.Run(request);
        }

        return Spawn.Start(request);
    }

    [SupportedOSPlatform("linux")]
    private static async ValueTask<int?> StartAsync(Job job, Pipe? pipe)
    {
        Account account = job.Account;
        try
        {
            return await Threads.RunAsync(() => Start(job, pipe)).ConfigureAwait(false);
        }
        catch (SpawnException e) when (e.Step == SpawnStep.Directory)
        {
            // It could be entered a moment ago.
            await job.Replies.DiagnosticAsync(job.Dialect.NoRemoteDirectory, job.Dialect.HomeStream).ConfigureAwait(false);
        }
        catch (SpawnException e)
        {
            // The shell did not start: what exec says goes to the stream that would have been its stderr.
            await job.Replies.ShellFailedAsync(account.EffectiveShell, Marshal.GetPInvokeErrorMessage(e.Errno)).ConfigureAwait(false);
        }

        return null;
    }
}
