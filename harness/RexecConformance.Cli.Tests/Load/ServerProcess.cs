using System.Diagnostics;
using System.Net;
using RexecConformance.Cli.Targets;

namespace RexecConformance.Cli.Tests.Load;

/// <summary>The command <c>rexecd</c> as a process of its own, on a free loopback port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _log;

    private ServerProcess(Process process)
    {
        _process = process;
        _log = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    public static async Task<ServerProcess> StartAsync(params string[] options)
    {
        string[] words = [.. ServerProgram.Find().Command, "--listen", "127.0.0.1:0", .. options];
        var server = new ServerProcess(Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        string? line = await server._process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        server.EndPoint = ServerArguments.EndPoint(line ?? await server._log);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
