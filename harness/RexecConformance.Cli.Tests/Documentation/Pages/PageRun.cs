using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>What became of a command of a page.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Text">The command.</param>
/// <param name="Fault">What is wrong, or null.</param>
/// <param name="Skipped">What it needs and is not there, or null.</param>
/// <param name="Took">How long it ran.</param>
internal sealed record PageOutcome(int Line, string Text, string? Fault, string? Skipped, TimeSpan Took);

/// <summary>
/// Gives the commands of one page in their order, in a folder of its own with what the repository has for readers, so that what one
/// command writes is there for the next.
/// </summary>
internal sealed partial class PageRun : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(100);
    private static readonly string[] s_folders = ["scenarios", "baselines", "pcaps", "docker", "examples"];
    private static readonly string s_dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private readonly Page _page;
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("rexec-page-");
    private readonly List<string> _prelude = [];
    private readonly List<Process> _servers = [];
    private readonly Dictionary<string, string> _ports = [];

    public PageRun(Page page)
    {
        _page = page;
        foreach (string folder in s_folders.Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder))))
        {
            Copy(Path.Combine(Repository.Root, folder), Path.Combine(Work, folder));
        }

        Program("rexec-conformance");
        Program("rexecd");
    }

    /// <summary>The folder that the commands run in.</summary>
    public string Work => Path.Combine(_scratch.FullName, "work");

    private string Programs => Path.Combine(_scratch.FullName, "bin");

    // The ports that the pages use: each page that runs gets free ones in their place.
    [GeneratedRegex(@"\b512\d\b")]
    private static partial Regex PagePort { get; }

    /// <summary>Runs all; gives the outcome of each command that is run.</summary>
    public async Task<IReadOnlyList<PageOutcome>> RunAsync()
    {
        var outcomes = new List<PageOutcome>();
        IEnumerable<(int Line, PageBlock? File, PageCommand? Command)> steps = _page.Blocks.Where(block => block.One(PageNote.File) is not null)
            .Select(block => (block.Line, (PageBlock?)block, (PageCommand?)null))
            .Concat(_page.Commands.Where(command => command.NotRun is null).Select(command => (command.Line, (PageBlock?)null, (PageCommand?)command)))
            .OrderBy(step => step.Line);
        foreach ((_, PageBlock? file, PageCommand? command) in steps)
        {
            if (file is not null)
            {
                string path = Path.Combine(Work, file.One(PageNote.File)!);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, WithPorts(string.Join('\n', file.Lines) + "\n"));
                continue;
            }

            outcomes.Add(await RunAsync(command!));
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process server in _servers)
        {
            await StopAsync(server);
        }

        _scratch.Delete(recursive: true);
    }

    private async Task<PageOutcome> RunAsync(PageCommand command)
    {
        if (command.Block.One(PageNote.Needs) is { } need && PageNeeds.Missing(need) is { } missing)
        {
            return new PageOutcome(command.Line, command.Text, null, missing, TimeSpan.Zero);
        }

        string text = WithPorts(command.Run());
        if (text.StartsWith("export ", StringComparison.Ordinal) || text.StartsWith("cd ", StringComparison.Ordinal))
        {
            _prelude.Add(text);
            return new PageOutcome(command.Line, command.Text, null, null, TimeSpan.Zero);
        }

        var clock = Stopwatch.StartNew();
        string? fault = command.Block.One(PageNote.Server) is null ? await EndedAsync(command, text) : await ServingAsync(text);
        return new PageOutcome(command.Line, command.Text, fault, null, clock.Elapsed);
    }

    private async Task<string?> EndedAsync(PageCommand command, string text)
    {
        using Process process = Start(text);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return $"it did not end within {s_patience.TotalSeconds:0} s";
        }

        string said = await output + "\n" + await errors;
        return Judge(command, process.ExitCode, said) is { } fault ? $"{fault}\n{text}\nprinted:\n{said.Trim()}" : null;
    }

    private string? Judge(PageCommand command, int exitCode, string said)
    {
        PageBlock block = command.Block;
        int expected = command.IsLast && block.One(PageNote.Exit) is { } code ? int.Parse(code) : 0;
        if (exitCode != expected)
        {
            return $"exit code {exitCode}, expected {expected}";
        }

        if (!command.IsLast)
        {
            return null;
        }

        return block.All(PageNote.Shows).Where(text => !ShownText.Has(said, WithPorts(text))).Select(text => $"it does not print: {text}")
            .Concat(block.All(PageNote.ShowsNot).Where(text => ShownText.Has(said, WithPorts(text))).Select(text => $"it prints: {text}"))
            .Concat(block.All(PageNote.Makes).Where(path => !IsThere(Path.Combine(Work, path))).Select(path => $"it does not make: {path}"))
            .Concat(command.Shown is { } shown && ShownText.Missing([.. shown.Lines.Select(WithPorts)], said) is { } missing
                ? [$"the page shows what does not come:\n{missing}"]
                : [])
            .FirstOrDefault();
    }

    private async Task<string?> ServingAsync(string text)
    {
        Process process = Start("exec " + text);
        _servers.Add(process);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var seen = new StringBuilder();
        try
        {
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) is { } line)
            {
                seen.AppendLine(line);
                if (line.Contains("ready on", StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.ReadToEndAsync();
                    return null;
                }
            }
        }
        catch (TimeoutException)
        {
            return $"no line 'ready on' within {s_patience.TotalSeconds:0} s\n{text}\nprinted:\n{seen}";
        }

        return $"it ended without a line 'ready on'\n{text}\nprinted:\n{seen}{await errors}";
    }

    private static async Task StopAsync(Process server)
    {
        using (server)
        {
            if (server.HasExited)
            {
                return;
            }

            using (Process kill = Process.Start("kill", [$"{server.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            try
            {
                await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (TimeoutException)
            {
                server.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start(string text)
    {
        // The words of the command are the shell's business, as they are the reader's.
        var start = new ProcessStartInfo("sh", ["-c", string.Join('\n', [.. _prelude, text])])
        {
            WorkingDirectory = Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["NO_COLOR"] = "1";
        start.Environment["HOME"] = _scratch.FullName;
        return Process.Start(start)!;
    }

    private void Program(string name)
    {
        Directory.CreateDirectory(Programs);
        string path = Path.Combine(Programs, name);
        File.WriteAllText(path, $"#!/bin/sh\nexec '{s_dotnet}' '{Path.Combine(AppContext.BaseDirectory, name + ".dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string WithPorts(string text) => PagePort.Replace(text, match =>
    {
        if (!_ports.TryGetValue(match.Value, out string? free))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            free = $"{((IPEndPoint)socket.LocalEndPoint!).Port}";
            _ports.Add(match.Value, free);
        }

        return free;
    });

    private static bool IsThere(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path).Any() : File.Exists(path) && new FileInfo(path).Length > 0;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
