using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary>
/// The commands of <c>--commands shell</c>: the account's shell with the connections themselves as its descriptors, so that
/// the ends of the streams are those that the kernel gives to a real daemon's child.
/// </summary>
internal static class ShellCommand
{
    private const int Kill = 9;

    public static Task RunAsync(Job job) => OperatingSystem.IsLinux()
        ? RunOnLinuxAsync(job)
        : throw new PlatformNotSupportedException();

    [SupportedOSPlatform("linux")]
    private static async Task RunOnLinuxAsync(Job job)
    {
        using Pipe? pipe = job.Relayed ? new Pipe() : null;
        if (await StartAsync(job, pipe).ConfigureAwait(false) is not { } pid)
        {
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

            _ = Processes.WaitForEnd(pid);
            await WaitForJobsAsync(pid, job.Cancel).ConfigureAwait(false);
        }
    }

    [SupportedOSPlatform("linux")]
    private static async ValueTask<int?> StartAsync(Job job, Pipe? pipe)
    {
        Account account = job.Account;
        int primary = Descriptor(job.Connections.Primary);
        int stderr = pipe?.WritingEnd ?? Descriptor(job.Connections.On(ReplyStream.Stderr));
        var request = new SpawnRequest(
            account.EffectiveShell,
            [PosixSpawn.Bytes(account.ShellName), "-c"u8.ToArray(), job.Command.ToArray()],
            [.. job.Environment.Select(PosixSpawn.Bytes)],
            primary,
            primary,
            stderr)
        {
            // The test accounts' homes need not be there, or not for the user who runs the server (that of root).
            WorkingDirectory = Processes.CanEnter(account.Home) ? account.Home : "/",
            NewProcessGroup = true,
        };
        try
        {
            int pid = Children.Start(() => PosixSpawn.Start(request));
            Processes.RestoreOpenFileLimit(pid);
            return pid;
        }
        catch (SpawnException e)
        {
            // The shell did not start: what exec says goes to the stream that would have been its stderr.
            await job.Replies.ShellFailedAsync(account.EffectiveShell, Marshal.GetPInvokeErrorMessage(e.Errno)).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>The descriptor, made blocking for a program that expects it so.</summary>
    [SupportedOSPlatform("linux")]
    private static int Descriptor(Socket socket)
    {
        int descriptor = (int)socket.Handle;
        Processes.MakeBlocking(descriptor);
        return descriptor;
    }

    /// <summary>Jobs in the background outlive their shell, but not this server.</summary>
    [SupportedOSPlatform("linux")]
    private static async Task WaitForJobsAsync(int group, CancellationToken cancel)
    {
        while (Processes.GroupExists(group))
        {
            if (cancel.IsCancellationRequested)
            {
                Processes.Signal(-group, Kill);
                return;
            }

            await Task.Delay(20, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
