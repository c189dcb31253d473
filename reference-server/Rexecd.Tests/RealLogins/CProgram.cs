using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rexecd.Tests.RealLogins;

/// <summary>What the tests have in C, each built once.</summary>
internal static class CProgram
{
    private static readonly ConcurrentDictionary<string, Lazy<bool>> Built = new();

    /// <summary>Path of the module of PAM that asks too much; the test is skipped if there is no C compiler.</summary>
    public static string PamModule => Build("pam_questions", ".so", "-shared", "-fPIC", "-l:libpam.so.0");

    /// <summary>Path of the module of PAM that sets the groups of the process.</summary>
    public static string GroupsModule => Build("pam_groups", ".so", "-shared", "-fPIC");

    /// <summary>Path of a command that sends SIGTERM to threads.</summary>
    public static string KillThreads => Build("kill_threads", "");

    /// <summary>Path of a command that runs another without unshare(2).</summary>
    public static string WithoutUnshare => Build("no_unshare", "");

    private static string Build(string name, string suffix, params string[] options)
    {
        string result = Path.Combine(AppContext.BaseDirectory, name + suffix);
        string source = Path.Combine(AppContext.BaseDirectory, "RealLogins", name + ".c");
        string[] libraries = [.. options.Where(option => option.StartsWith("-l", StringComparison.Ordinal))];
        bool built = Built.GetOrAdd(name, _ => new Lazy<bool>(() => Compile([.. options.Except(libraries), "-o", result, source, .. libraries]))).Value;
        Skip.IfNot(built, "needs a C compiler (gcc)");
        return result;
    }

    private static bool Compile(string[] arguments)
    {
        try
        {
            using Process compiler = Process.Start("gcc", arguments);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? true : throw new InvalidOperationException("gcc could not build it");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
