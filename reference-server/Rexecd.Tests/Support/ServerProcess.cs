using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Rexecd.Tests;

/// <summary>The built command as a process of its own, ready to be connected to. Linux only: it is ended by signals.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly Task<string> _error;

    private ServerProcess(Process process, Task<string> error, IPEndPoint endPoint) =>
        (_process, _error, EndPoint) = (process, error, endPoint);

    public IPEndPoint EndPoint { get; }

    public int Id => _process.Id;

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it on a free port of 127.0.0.1.</summary>
    public static Task<ServerProcess> StartAsync(params string[] arguments) =>
        StartProgramAsync(InetdProcess.Command, ["--listen", "127.0.0.1:0", .. arguments]);

    /// <summary>Starts it by way of another program; its standard output has the line that it is ready.</summary>
    public static async Task<ServerProcess> StartProgramAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.True(line is not null, line is null ? await error : "");
        Match ready = Regex.Match(line!, @"^rexecd: ready on (\S+) dialect ");
        return new ServerProcess(process, error, IPEndPoint.Parse(ready.Groups[1].Value));
    }

    public void Signal(int signal) => Signal(Id, signal);

    public static void Signal(int process, int signal)
    {
        Debug.Assert(OperatingSystem.IsLinux());
        Posix.Processes.Signal(process, signal);
    }

    /// <summary>Waits for its end; what it wrote to standard error, and its exit code.</summary>
    public async Task<(string Error, int ExitCode)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (await _error, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
