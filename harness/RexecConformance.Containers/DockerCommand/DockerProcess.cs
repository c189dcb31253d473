using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.DockerCommand;

/// <summary>What a call of the command gave.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record DockerResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last line that says what went wrong.</summary>
    public string LastError =>
        Errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line => !line.StartsWith("See '", StringComparison.Ordinal))
        ?? $"exit code {ExitCode}";
}

/// <summary>Calls the <c>docker</c> command.</summary>
internal static class DockerProcess
{
    private const string Program = "docker";

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TargetStartException">There is no such command.</exception>
    public static async Task<DockerResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            _ = process.Start();
        }
        catch (Win32Exception)
        {
            throw new TargetStartException(
                "no container engine: the command 'docker' was not found; install one (Debian: apt-get install docker.io), or use an inetd: or tcp: target");
        }

        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new DockerResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it and returns its output.</summary>
    /// <exception cref="TargetStartException">It failed.</exception>
    public static async Task<string> OutputAsync(string what, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        DockerResult result = await RunAsync(arguments, cancel);
        return result.ExitCode == 0 ? result.Output : throw Failed(what, result);
    }

    /// <summary>The exception of a call that failed.</summary>
    public static TargetStartException Failed(string what, DockerResult result) =>
        result.Errors.Contains("Cannot connect to the Docker daemon", StringComparison.Ordinal)
        || result.Errors.Contains("failed to connect to the docker API", StringComparison.Ordinal)
            ? EngineMissing(result.LastError)
            : new TargetStartException($"{what}: {result.LastError}");

    /// <summary>The one line for an engine that does not answer.</summary>
    public static TargetStartException EngineMissing(string why) =>
        new($"the container engine does not answer: start it (service docker start, or .ci/engine start in this repository): {why}");
}
