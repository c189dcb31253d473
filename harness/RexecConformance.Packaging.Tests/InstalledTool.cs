using System.Runtime.InteropServices;

namespace RexecConformance.Packaging.Tests;

/// <summary>A command, installed from the packed files alone.</summary>
internal sealed class InstalledTool
{
    private InstalledTool(string program, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        Program = program;
        Folder = folder;
        Environment = environment;
    }

    /// <summary>The command's path.</summary>
    public string Program { get; }

    /// <summary>An empty folder, far from the sources.</summary>
    public string Folder { get; }

    /// <summary>A home of its own.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>Installs a command as on a clean machine: no home, no cache of packages, one folder as source; and, as root on Linux, no network.</summary>
    public static async Task<InstalledTool> InstallAsync(PackedSuite suite, string id)
    {
        string place = suite.Fresh("tool-" + id);
        string empty = Directory.CreateDirectory(Path.Combine(place, "empty")).FullName;
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = Directory.CreateDirectory(Path.Combine(place, "home")).FullName,
            ["DOTNET_CLI_HOME"] = Directory.CreateDirectory(Path.Combine(place, "home")).FullName,
            ["NUGET_PACKAGES"] = Directory.CreateDirectory(Path.Combine(place, "packages")).FullName,
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };
        string tools = Path.Combine(place, "tools");
        string[] install = [Command.Dotnet, "tool", "install", "--tool-path", tools, "--configfile", FolderFeeds.Write(place, suite.Feed), id];
        bool alone = OperatingSystem.IsLinux() && System.Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare");
        CommandResult installed = await Command.RunAsync(empty, environment, alone ? ["/usr/bin/unshare", "-n", .. install] : install);
        Assert.True(installed.ExitCode == 0, installed.All);
        return new InstalledTool(Path.Combine(tools, OperatingSystem.IsWindows() ? id + ".exe" : id), empty, environment);
    }

    /// <summary>Runs the command in the empty folder.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync(Folder, Environment, [Program, .. arguments]);
}
