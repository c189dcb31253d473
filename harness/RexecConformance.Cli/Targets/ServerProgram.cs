using System.Runtime.InteropServices;
using RexecConformance.Inetd;

namespace RexecConformance.Cli.Targets;

/// <summary>The command <c>rexecd</c> that was built beside this one, as it is started in a process of its own.</summary>
/// <param name="Command">Program (absolute path) and its first arguments.</param>
/// <param name="Folders">What it needs to be able to read.</param>
internal sealed record ServerProgram(IReadOnlyList<string> Command, IReadOnlyList<string> Folders)
{
    /// <summary>Finds it: beside the command when built, run by <c>dotnet run</c> or a test, or published.</summary>
    /// <exception cref="TargetStartException">It is not there.</exception>
    public static ServerProgram Find()
    {
        string folder = AppContext.BaseDirectory;
        string library = Path.Combine(folder, "rexecd.dll");

        // The runtime that runs this command is at .../shared/Microsoft.NETCore.App/VERSION/, whoever hosts it.
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string host = Path.Combine(root, "dotnet");
        if (File.Exists(library) && File.Exists(Path.ChangeExtension(library, ".runtimeconfig.json")) && File.Exists(host))
        {
            return new ServerProgram([host, library], [folder, root]);
        }

        // Published with a runtime of its own.
        string program = Path.Combine(folder, "rexecd");
        return File.Exists(program)
            ? new ServerProgram([program], [folder])
            : throw new TargetStartException($"rexecd is not beside this command in {folder}: build or publish harness/RexecConformance.Cli as a folder of files");
    }
}
