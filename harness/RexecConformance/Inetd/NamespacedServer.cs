using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace RexecConformance.Inetd;

/// <summary>
/// A server that listens by itself, as a process of its own in a mount namespace. It ends with the namespace, so also when
/// the harness is killed.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class NamespacedServer : IAsyncDisposable
{
    private const int LinesKept = 50;

    // A runtime starts in 0.1 s; a machine that builds something else at the time needs a hundred times that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Action<string>? _said;
    private readonly Queue<string> _log = [];
    private readonly Task _reading;

    private NamespacedServer(Process process, Action<string>? said)
    {
        _process = process;
        _said = said;
        _reading = ReadLogAsync();
    }

    /// <summary>The server's process, in the host's own numbers.</summary>
    public int Id => _process.Id;

    /// <summary>What it printed first on standard output: where it listens.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>Completes when the process has ended, with one line: its exit code and the last line of its log.</summary>
    public Task<string> Ended { get; private set; } = Task.FromResult("");

    /// <summary>Starts a server in a namespace and waits for its first line on standard output.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="command">Program (absolute path) and its arguments.</param>
    /// <param name="environment">Variables beside PATH; nothing is inherited.</param>
    /// <param name="said">Is given each line of its standard error, or null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TargetStartException">It ended before, with the first line that it wrote to standard error; or it said nothing for 30 s.</exception>
    public static async Task<NamespacedServer> StartAsync(
        DaemonNamespace space, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Action<string>? said, CancellationToken cancel)
    {
        // A session of its own: an interrupt at the terminal is for the harness to handle. And the limit of open files that
        // an inetd has: .NET raises its own, and children inherit that.
        string[] words =
        [
            Tools.Find("setsid"), Tools.Find("prlimit"), "--nofile=1024:", Tools.Find("nsenter"), "--mount=" + space.MountPath, "--", .. command,
        ];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Tools.SystemPath;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        NamespacedServer server;
        try
        {
            server = new NamespacedServer(Process.Start(start)!, said);
        }
        catch (Win32Exception e)
        {
            throw new TargetStartException($"{words[0]} could not be started: {e.Message}");
        }

        try
        {
            await server.WaitUntilReadyAsync(cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process at once, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancel)
    {
        _process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            if (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                ReadyLine = line;
                Ended = EndAsync();
                return;
            }

            await _process.WaitForExitAsync(limit.Token);
            await _reading.WaitAsync(limit.Token);
            throw new TargetStartException($"the server did not start: {First()} (exit code {_process.ExitCode})");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TargetStartException($"the server was not ready within {Patience.TotalSeconds:0} s: {First()}");
        }
    }

    private async Task<string> EndAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(1))); // a command that it left behind may hold its log open
        lock (_log)
        {
            return $"the server ended (exit code {_process.ExitCode}){(_log.Count > 0 ? ": " + _log.Last() : "")}";
        }
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                if (_log.Count == LinesKept)
                {
                    _ = _log.Dequeue();
                }

                _log.Enqueue(line);
            }

            _said?.Invoke(line);
        }
    }

    private string First()
    {
        lock (_log)
        {
            return _log.TryPeek(out string? line) ? line : "no reason given";
        }
    }
}
