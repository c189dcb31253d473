using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary><c>--inetd</c>: the connection is descriptors 0, 1 and 2 of the built command.</summary>
public class InetdTests
{
    private const string Request = "\0good\0secret\0echo out; echo err >&2\0";

    [SkippableTheory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Serves_one_connection_and_exits(string address)
    {
        Needs.Linux();
        using InetdProcess process = InetdProcess.Start(IPAddress.Parse(address), Request);
        Assert.Equal(new Reply("\0out\nerr\n", "fin"), process.Read());
        Assert.Equal(0, process.Wait());
    }

    [SkippableFact]
    public void Opens_the_auxiliary_connection()
    {
        Needs.Linux();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using InetdProcess process = InetdProcess.Start(IPAddress.Loopback, port + Request, "--dialect", "debian");
        using Socket aux = listener.Accept();
        Assert.Equal(new Reply("\0out\n", "fin"), process.Read());
        byte[] buffer = new byte[16];
        Assert.Equal("err\n", ByteText.Text(buffer.AsSpan(0, aux.Receive(buffer))));
        Assert.Equal(0, aux.Receive(buffer));
        Assert.Equal(0, process.Wait());
    }

    [SkippableTheory]
    [InlineData("--dialect nosuch", "unknown dialect 'nosuch'")]
    [InlineData("--nosuch", "Unrecognized")]
    [InlineData("--accounts /nosuch/file", "/nosuch/file")]
    [InlineData("--listen 127.0.0.1:0", "--listen can't go with it")]
    public void Tells_the_client_nothing_of_bad_usage_and_logs_it(string arguments, string message)
    {
        Needs.Linux();
        using var log = new TemporaryFile("");
        using InetdProcess process = InetdProcess.Start(IPAddress.Loopback, Request, [.. arguments.Split(' '), "--log", log.Path]);
        Assert.Equal("", process.Read().Text);
        Assert.Equal(2, process.Wait());
        string line = Assert.Single(File.ReadAllLines(log.Path));
        Assert.Contains(" error text=", line);
        Assert.Contains(message, line);
    }

    [SkippableFact]
    public void Log_file_that_cannot_be_written_tells_the_client_nothing()
    {
        Needs.Linux();
        using InetdProcess process = InetdProcess.Start(IPAddress.Loopback, Request, "--log", "/nosuch/file");
        Assert.Equal("", process.Read().Text);
        Assert.Equal(2, process.Wait());
    }

    [SkippableFact]
    public async Task Without_a_connection_it_is_one_line_and_exit_code_3()
    {
        Needs.Linux();
        var start = new ProcessStartInfo(InetdProcess.Command, ["--inetd"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Assert.Equal("rexecd: getpeername: Socket operation on non-socket: --inetd needs a connected socket as descriptor 0, start it from inetd\n", await process.StandardError.ReadToEndAsync());
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(3, process.ExitCode);
    }

    [SkippableFact]
    public void Many_processes_share_a_log()
    {
        Needs.Linux();
        using var log = new TemporaryFile("");
        InetdProcess[] all = [.. Enumerable.Range(0, 8).Select(_ => InetdProcess.Start(IPAddress.Loopback, Request, "--log", log.Path))];
        foreach (InetdProcess process in all)
        {
            Assert.Equal("\0out\nerr\n", process.Read().Text);
            Assert.Equal(0, process.Wait());
            process.Dispose();
        }

        string[] lines = File.ReadAllLines(log.Path);
        Assert.Equal(3 * all.Length, lines.Length);
        Assert.All(all, process => Assert.Equal(3, lines.Count(line => line.Contains($" session={process.Id}.1 "))));
    }
}
