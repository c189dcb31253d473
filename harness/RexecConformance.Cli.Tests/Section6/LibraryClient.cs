using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace RexecConformance.Cli.Tests.Section6;

/// <summary>What a run of the client showed.</summary>
/// <param name="Output">What <c>rexec()</c> returned, and the streams.</param>
/// <param name="Errors">What <c>rexec()</c> itself said.</param>
public sealed record LibraryClientResult(string Output, string Errors);

/// <summary>The C library's <c>rexec()</c>, called by a program of a few lines that is compiled here.</summary>
public sealed class LibraryClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // accept(2) as /proc names it by its number: x86-64, and arm64 and all newer ports.
    private static readonly string s_accept = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "43" : "202";

    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-client").FullName;
    private readonly Lazy<string> _program;

    public LibraryClient() => _program = new Lazy<string>(Compile);

    /// <summary>Skips the test where the program can't be made.</summary>
    public static void Needed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux with glibc: its rexec() is the client");
        Skip.IfNot(File.Exists("/usr/bin/cc") && File.Exists("/usr/include/stdio.h"), "needs a C compiler (Debian: gcc and libc6-dev)");
    }

    /// <summary>Runs the client to its end.</summary>
    public async Task<LibraryClientResult> RunAsync(IPEndPoint server, string password, string command, bool stderr)
    {
        using Process client = Start(server, password, command, stderr);
        try
        {
            Task<string> output = client.StandardOutput.ReadToEndAsync();
            Task<string> errors = client.StandardError.ReadToEndAsync();
            await client.WaitForExitAsync().WaitAsync(s_patience);
            return new LibraryClientResult(await output, await errors);
        }
        finally
        {
            client.Kill();
        }
    }

    /// <summary>True if the client is still in accept(2) a time after it went there; then it is ended.</summary>
    /// <remarks>rexec() has no time-out there: what does not come in a second on loopback does not come (facts 6).</remarks>
    public async Task<bool> HangsAsync(IPEndPoint server, string password, string command)
    {
        using Process client = Start(server, password, command, stderr: true);
        try
        {
            using var patience = new CancellationTokenSource(s_patience);
            while (!InAccept(client) && !client.HasExited)
            {
                await Task.Delay(5, patience.Token);
            }

            await Task.Delay(1000, patience.Token);
            return !client.HasExited && InAccept(client);
        }
        finally
        {
            client.Kill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool InAccept(Process client)
    {
        try
        {
            return File.ReadAllText($"/proc/{client.Id}/syscall").Split(' ')[0] == s_accept;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Process Start(IPEndPoint server, string password, string command, bool stderr)
    {
        string[] arguments = [$"{server.Address}", server.Port.ToString(CultureInfo.InvariantCulture), "good", password, command, .. stderr ? ["stderr"] : Array.Empty<string>()];
        return Process.Start(new ProcessStartInfo(_program.Value, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        })!;
    }

    private string Compile()
    {
        string program = Path.Combine(_folder, "rexec-client");
        string source = Path.Combine(AppContext.BaseDirectory, "Section6", "rexec-client.c");
        using var compiler = Process.Start(new ProcessStartInfo("/usr/bin/cc", ["-O", "-o", program, source]) { RedirectStandardError = true })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
        return program;
    }
}
