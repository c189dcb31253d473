using System.Diagnostics;
using System.Text;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Progress;

/// <summary>The command at a terminal of its own, made by <c>script</c>: what it writes there, and keys that are typed.</summary>
internal sealed class PseudoTerminal : IAsyncDisposable
{
    private readonly Process _script;
    private readonly StringBuilder _seen = new();
    private readonly Lock _lock = new();
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PseudoTerminal(Process script)
    {
        _script = script;
        _reading = ReadAsync();
    }

    /// <summary>Linux with util-linux' <c>script</c>; else the test is skipped.</summary>
    public static void Need() => Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs /usr/bin/script (Debian: bsdutils)");

    /// <summary>Starts the command.</summary>
    /// <param name="environment">Variables, <c>NAME=VALUE</c>.</param>
    /// <param name="arguments">What follows the command's name.</param>
    public static PseudoTerminal Start(IReadOnlyList<string> environment, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "rexec-conformance.dll");
        string command = string.Join(' ', new[] { "exec", "env", "-u", "CI", "-u", "NO_COLOR", "TERM=xterm" }.Concat(environment).Concat(["dotnet", program]).Concat(arguments)
            .Select(word => word.All(c => char.IsAsciiLetterOrDigit(c) || "/=:._-,".Contains(c)) ? word : $"'{word}'"));
        return new PseudoTerminal(Process.Start(new ProcessStartInfo("/usr/bin/script", ["-q", "-e", "-c", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>All that was written so far.</summary>
    public string Seen
    {
        get
        {
            lock (_lock)
            {
                return _seen.ToString();
            }
        }
    }

    /// <summary>Waits until something was written.</summary>
    public async Task UntilAsync(Func<string, bool> wanted, TimeSpan within)
    {
        using var late = new CancellationTokenSource(within);
        while (!wanted(Seen))
        {
            Task more;
            lock (_lock)
            {
                more = _more.Task;
            }

            try
            {
                _ = await Task.WhenAny(more, _reading).WaitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not seen within {within.TotalSeconds} s: {Seen}");
            }

            Assert.False(_reading.IsCompleted && !wanted(Seen), $"it ended with {Seen}");
        }
    }

    /// <summary>Types the key Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        await _script.StandardInput.WriteAsync('\x03');
        await _script.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the end; the exit code is the command's.</summary>
    public async Task<(int ExitCode, string Seen)> EndAsync(TimeSpan within)
    {
        await _script.WaitForExitAsync().WaitAsync(within);
        await _reading.WaitAsync(within);
        return (_script.ExitCode, Seen);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
        }

        _script.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync()
    {
        char[] buffer = new char[4096];
        while (await _script.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            TaskCompletionSource more;
            lock (_lock)
            {
                _ = _seen.Append(buffer, 0, count);
                (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            more.SetResult();
        }
    }
}
