using System.Diagnostics;

namespace Rexecd.Tests.RealLogins;

/// <summary>The tests' own module of PAM, built once.</summary>
internal static class PamModule
{
    private static readonly Lazy<string?> Built = new(Build);

    /// <summary>Path of the module; the test is skipped if there is no C compiler.</summary>
    public static string Path
    {
        get
        {
            Skip.If(Built.Value is null, "needs a C compiler (gcc), for a module of PAM");
            return Built.Value!;
        }
    }

    private static string? Build()
    {
        string folder = AppContext.BaseDirectory;
        string module = System.IO.Path.Combine(folder, "pam_questions.so");
        try
        {
            using Process compiler = Process.Start("gcc", ["-shared", "-fPIC", "-o", module, System.IO.Path.Combine(folder, "RealLogins", "pam_questions.c"), "-l:libpam.so.0"]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? module : throw new InvalidOperationException("gcc could not build the module");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
