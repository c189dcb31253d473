using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// The files through which a debugger finds a .NET process. The runtime removes them when it ends; a process that becomes
/// another program (execve) would leave them behind, one set for each session.
/// </summary>
[SupportedOSPlatform("linux")]
public static class DiagnosticPorts
{
    /// <summary>Removes those of this process. DOTNET_EnableDiagnostics=0 would never make them, but only an environment can say that.</summary>
    public static void Remove()
    {
        try
        {
            // The names have the process id and its start time in clock ticks: field 22 of stat(5), the 20th after the name.
            string stat = File.ReadAllText("/proc/self/stat");
            string begin = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
            string folder = Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 } chosen ? chosen : "/tmp";
            string process = $"{Environment.ProcessId}-{begin}";
            foreach (string name in (string[])[$"dotnet-diagnostic-{process}-socket", $"clr-debug-pipe-{process}-in", $"clr-debug-pipe-{process}-out"])
            {
                File.Delete(Path.Combine(folder, name));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They stay: a few bytes in a folder that is emptied at boot.
        }
    }
}
