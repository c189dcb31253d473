using System.Diagnostics;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>What commands of a page can need of the machine.</summary>
internal static class PageNeeds
{
    /// <summary>Linux and root.</summary>
    public const string Root = "root";

    /// <summary>These and Debian's daemon.</summary>
    public const string Daemon = "daemon";

    /// <summary>Debian's package of that name.</summary>
    public const string Tshark = "tshark";

    /// <summary>A container engine that answers.</summary>
    public const string Engine = "engine";

    private static readonly Lazy<string?> s_engine = new(() =>
        Answers("docker", "version", "--format", "{{.Server.Version}}") ? null : "needs a container engine: none answers the docker command");

    private static readonly Lazy<string?> s_tshark = new(() => Answers("tshark", "--version") ? null : "needs tshark");

    public static IReadOnlyList<string> Names { get; } = [Root, Daemon, Tshark, Engine];

    /// <summary>What is missing, as the reason of a skip; null if all is there.</summary>
    public static string? Missing(string need) => need switch
    {
        Root or Daemon when !OperatingSystem.IsLinux() => "needs Linux: mount namespaces",
        Root or Daemon when !Environment.IsPrivilegedProcess => "needs root: mount namespaces",
        Daemon when !File.Exists(Needs.Daemon) => $"needs {Needs.Daemon} (Debian: rsh-server)",
        Tshark => s_tshark.Value,
        Engine => s_engine.Value,
        _ => null,
    };

    private static bool Answers(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.Wait();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
