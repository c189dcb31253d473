using System.Diagnostics;

namespace RexecConformance.Cli.Tests.Support;

/// <summary>What a run of the command left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors, TimeSpan Took);

/// <summary>The command <c>rexec-conformance</c> as a process of its own.</summary>
internal sealed class CommandProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly string s_dotnet =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "rexec-conformance.dll");

    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private CommandProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Runs the command to its end.</summary>
    public static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        await using CommandProcess command = Start(arguments);
        return await command.EndAsync(s_patience);
    }

    /// <summary>Runs the command to its end with its standard output in a file.</summary>
    public static async Task<CommandResult> RunAsync(string output, IReadOnlyList<string> arguments)
    {
        await using CommandProcess command = Start("sh", ["-c", "exec \"$@\" >\"$0\"", output, s_dotnet, s_program, .. arguments]);
        return await command.EndAsync(s_patience);
    }

    /// <summary>Starts the command.</summary>
    public static CommandProcess Start(params string[] arguments) => Start(s_dotnet, [s_program, .. arguments]);

    /// <summary>Starts the command with its standard output in a file, where it can be read while the command runs.</summary>
    public static CommandProcess StartInto(string output, params string[] arguments) =>
        Start("sh", ["-c", "exec \"$@\" >\"$0\"", output, s_dotnet, s_program, .. arguments]);

    /// <summary>Starts the command as <see cref="StartInto"/> does, with a standard error that takes nothing: a full device.</summary>
    public static CommandProcess StartWithFullErrors(string output, params string[] arguments) =>
        Start("sh", ["-c", "exec \"$@\" >\"$0\" 2>/dev/full", output, s_dotnet, s_program, .. arguments]);

    /// <summary>Starts the command in an environment of its own.</summary>
    public static CommandProcess StartWith(string variable, string value, params string[] arguments) =>
        Start("env", [$"{variable}={value}", s_dotnet, s_program, .. arguments]);

    /// <summary>Starts the command with its standard input from a file, through a pipe.</summary>
    public static CommandProcess StartFed(string input, params string[] arguments) =>
        Start("sh", ["-c", "cat \"$0\" | \"$@\"", input, s_dotnet, s_program, .. arguments]);

    private static CommandProcess Start(string program, IReadOnlyList<string> arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<CommandResult> EndAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync().WaitAsync(within);
        return new CommandResult(_process.ExitCode, await _output.WaitAsync(within), await _errors.WaitAsync(within), _clock.Elapsed);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
