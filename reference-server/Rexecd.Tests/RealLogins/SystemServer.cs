using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Posix;

namespace Rexecd.Tests.RealLogins;

/// <summary>
/// The built command in a mount namespace of its own, with accounts, homes and a PAM service in the place of the host's: the
/// host is not changed, and all of it is gone with the process.
/// </summary>
internal sealed class SystemServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private SystemServer(Process process) => _process = process;

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    public int Id => _process.Id;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>A file as the server sees it.</summary>
    public string Root => $"/proc/{Id}/root";

    /// <summary>Starts it; the test is skipped where that can't be.</summary>
    /// <param name="dialect">To serve.</param>
    /// <param name="arguments">Further options, with blanks between them; without --accounts and --commands those of the system and login.</param>
    /// <param name="module">Path of a module of PAM's that is asked too, or nothing.</param>
    /// <param name="before">A command that runs the server.</param>
    public static async Task<SystemServer> StartAsync(string dialect, string arguments = "", string module = "", string before = "")
    {
        Needs.Root();
        string accounts = arguments.Contains("--accounts") ? "" : "--accounts system ";
        string commands = arguments.Contains("--commands") ? "" : "--commands login ";
        string options = $"--listen 127.0.0.1:0 --dialect {dialect} {accounts}{commands}{arguments}";
        var start = new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "/bin/sh", "-c", Namespace.Script(module) + $"exec {before} {InetdProcess.Command} {options}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new SystemServer(Process.Start(start)!);
        server._process.ErrorDataReceived += (_, line) => server.Append(line.Data);
        server._process.BeginErrorReadLine();
        string? ready = await server._process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(ready?.StartsWith("rexecd: ready on ", StringComparison.Ordinal), $"{ready}\n{server.Log}");
        server.EndPoint = IPEndPoint.Parse(ready!.Split(' ')[3]);
        return server;
    }

    /// <summary>The output of a command that runs well.</summary>
    public async Task<string> RunAsync(string command, string user = "good")
    {
        (Reply primary, _) = await Client.ExchangeAsync(EndPoint, user, "secret", command);
        Assert.True(primary.Text.StartsWith('\0'), $"{primary.Text} {Log}");
        return primary.Text[1..];
    }

    /// <summary>Ends the server as a system does.</summary>
    public async Task TerminateAsync()
    {
        Debug.Assert(OperatingSystem.IsLinux());
        Processes.Signal(Id, 15);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>How many descriptors, children and threads the server has.</summary>
    public (int Descriptors, int Children, int Threads) Count() => (
        Directory.GetFileSystemEntries($"/proc/{Id}/fd").Length,
        Directory.GetDirectories($"/proc/{Id}/task").Sum(Children),
        Directory.GetDirectories($"/proc/{Id}/task").Length);

    private static int Children(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // The thread has ended.
        }
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.Append(CultureInfo.InvariantCulture, $"{line}\n");
        }
    }
}
