using System.Net.Sockets;

namespace Rexecd;

/// <summary>
/// The commands of <c>--commands scripted</c>: imitations that end and answer signals as the same text does under a
/// real /bin/sh. Nothing is started. Any other text is a command that the shell does not find.
/// </summary>
internal sealed class ScriptedCommand
{
    private static readonly string[] Shells = ["/bin/sh", "/usr/bin/sh", "/bin/csh", "/bin/ksh", "/bin/bash"];
    private static readonly byte[] Sequence = ByteText.Bytes(string.Concat(Enumerable.Range(1, 20000).Select(i => $"{i}\n")));

    private readonly Job _job;
    private readonly ProcessGroup _group;

    private ScriptedCommand(Job job, ProcessGroup group)
    {
        _job = job;
        _group = group;
    }

    public static async Task RunAsync(Job job)
    {
        string? failure = !Shells.Contains(job.Account.EffectiveShell) ? "No such file or directory"
            : job.TooLongForSystem ? "Argument list too long"
            : null;
        if (failure is not null)
        {
            await job.Replies.ShellFailedAsync(job.Account.EffectiveShell, failure).ConfigureAwait(false);
        }

        using var group = new ProcessGroup(job.Cancel);
        try
        {
            // Where a half-close ends the session, one that has come already leaves no time for output.
            bool ended = job.Dialect.HalfClose == HalfClose.EndsSession && job.Connections.Primary.HalfClosed;
            if (failure is null && !ended)
            {
                await (job.Options.Scripts.Find(job.Command.Span) is { } steps
                    ? ScriptRun.RunAsync(job, steps, group.Foreground)
                    : new ScriptedCommand(job, group).RunAsync(Normalise(ByteText.Text(job.Command.Span)))).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !job.Cancel.IsCancellationRequested))
        {
            // The client is gone (SIGPIPE), or a signal has ended the command.
        }
        finally
        {
            await group.StopAsync().ConfigureAwait(false);
        }

        job.Connections.Primary.Dispose();
        await AuxEnd.RunAsync(job).ConfigureAwait(false);
    }

    /// <summary>Blanks around a command, and a comment after it, mean nothing to a shell: long commands are made with them.</summary>
    private static string Normalise(string command)
    {
        command = command.Trim(' ', '\t', '\n');
        int comment = command.StartsWith('#') ? 0 : command.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? command : command[..comment]).TrimEnd(' ', '\t', '\n');
    }

    private async Task RunAsync(string command)
    {
        switch (command)
        {
            case "" or "true" or "exit 7":
                // No exit status ever goes over the wire.
                break;
            case "echo out":
                await OutAsync("out\n").ConfigureAwait(false);
                break;
            case "echo out; echo err >&2":
                await OutAsync("out\n").ConfigureAwait(false);
                await ErrAsync("err\n").ConfigureAwait(false);
                break;
            case "pwd":
                await OutAsync(_job.Account.Home + "\n").ConfigureAwait(false);
                break;
            case "id -un":
                // The first account of a number: a second one with the number 0 is root to it.
                await OutAsync((_job.Dialect.RunsAs == RunsAs.Root || _job.Account.Uid == 0 ? "root" : _job.Account.Name) + "\n").ConfigureAwait(false);
                break;
            case "cat":
                await CopyAsync(bytes => OutAsync(bytes)).ConfigureAwait(false);
                break;
            case "cat >&2":
                await CopyAsync(bytes => _job.Replies.CommandStderrAsync(bytes, _group.Foreground)).ConfigureAwait(false);
                break;
            case "seq 1 20000":
                Listen();
                await OutAsync(Sequence).ConfigureAwait(false);
                break;
            case "sleep 2":
                Listen();
                await SleepAsync(_group.Foreground).ConfigureAwait(false);
                break;
            case "sleep 2 & echo out":
                // The shell ends at once, but its job holds all streams.
                Listen();
                await OutAsync("out\n").ConfigureAwait(false);
                await SleepAsync(_group.Background).ConfigureAwait(false);
                break;
            case "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done":
                await TrapAsync().ConfigureAwait(false);
                break;
            default:
                string word = command.Split([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')'], 2)[0];
                await ErrAsync($"{_job.Account.ShellName}: 1: {word}: not found\n").ConfigureAwait(false);
                break;
        }
    }

    private async Task TrapAsync()
    {
        CancellationToken caught = _group.Trap(15);
        Listen();
        await OutAsync("ready\n").ConfigureAwait(false);
        Task sleep = SleepAsync(_group.Background).AsTask();
        await FirstAsync(sleep, caught).ConfigureAwait(false);
        if (_group.Foreground.IsCancellationRequested)
        {
            // The shell is gone; a sleep that lives on (signals 2 and 3) holds the streams.
            await sleep.ConfigureAwait(false);
            return;
        }

        await OutAsync(caught.IsCancellationRequested ? "caught\n" : "done\n").ConfigureAwait(false);
    }

    /// <summary>Waits for the end of the sleep, or for a signal: whichever comes first. Goes on where that happens, and not in the pool.</summary>
    private static async Task FirstAsync(Task sleep, CancellationToken caught)
    {
        var first = new TaskCompletionSource();
        using CancellationTokenRegistration signal = caught.UnsafeRegister(_ => first.TrySetResult(), null);
        _ = sleep.ContinueWith(_ => first.TrySetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await first.Task.ConfigureAwait(false);
    }

    private async Task CopyAsync(Func<ReadOnlyMemory<byte>, ValueTask> write)
    {
        Listen(readsInput: true);
        IConnection input = _job.Connections.Primary;
        byte[] buffer = new byte[16384];
        int count;
        while ((count = await input.ReceiveAsync(buffer, _group.Foreground).ConfigureAwait(false)) > 0)
        {
            await write(buffer.AsMemory(0, count)).ConfigureAwait(false);
        }
    }

    /// <summary>Signals are read only for commands that last; bytes for the others are taken at the end.</summary>
    private void Listen(bool readsInput = false)
    {
        if (_job.Relayed)
        {
            _group.Listen(_job.Connections.Aux!, endsAtInput: _job.Dialect.StderrCarrier == StderrCarrier.RelayUntilInput);
        }

        if (_job.Dialect.HalfClose == HalfClose.EndsSession && !readsInput)
        {
            _group.EndWith(_job.Connections.Primary);
        }
    }

    private ValueTask SleepAsync(CancellationToken killed) => Delay.WaitAsync(TimeSpan.FromSeconds(2), _job.Options.Time, killed);

    private ValueTask OutAsync(string text) => OutAsync(System.Text.Encoding.UTF8.GetBytes(text));

    private ValueTask OutAsync(ReadOnlyMemory<byte> bytes) => _job.Connections.Primary.SendAsync(bytes, _group.Foreground);

    private async ValueTask ErrAsync(string text) =>
        await _job.Replies.CommandStderrAsync(ByteText.Bytes(text), _group.Foreground).ConfigureAwait(false);
}
