using System.Diagnostics;

namespace RexecConformance.Packaging.Tests;

/// <summary>What a process left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Both streams, for the message of a test.</summary>
    public string All => Output + Errors;
}

/// <summary>Processes, with a limit and with nothing left behind.</summary>
internal static class Command
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>The SDK's program, the one that runs this test if it is one.</summary>
    public static string Dotnet { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="environment">What is set besides; null takes a variable away.</param>
    /// <param name="program">The program and its arguments.</param>
    public static async Task<CommandResult> RunAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] program)
    {
        using Process process = Process.Start(Start(folder, environment, program))!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', program)} did not end within {s_patience.TotalMinutes} minutes: {await output}{await errors}");
        }
    }

    /// <summary>The time from the start of a program to the first byte of its standard output.</summary>
    public static async Task<TimeSpan> FirstOutputAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] program)
    {
        ProcessStartInfo start = Start(folder, environment, program);
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        byte[] first = new byte[4096];
        int length = await process.StandardOutput.BaseStream.ReadAsync(first);
        TimeSpan taken = Stopwatch.GetElapsedTime(begin);
        Assert.True(length > 0, $"{string.Join(' ', program)} says nothing");
        Task drained = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.BaseStream.ReadAsync(first) > 0)
        {
            // To its end, so that it does not write into nothing.
        }

        await drained;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return taken;
    }

    private static ProcessStartInfo Start(string folder, IReadOnlyDictionary<string, string?> environment, string[] program)
    {
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What a test run sets for itself is not for the builds that it starts; no build node may stay behind.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "VSTEST_CONNECTION_TIMEOUT").ToList())
        {
            _ = start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK"] = "1";
        foreach ((string name, string? value) in environment)
        {
            if (value is null)
            {
                _ = start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }
}
