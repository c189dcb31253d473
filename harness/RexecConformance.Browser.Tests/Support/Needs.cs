namespace RexecConformance.Browser.Tests.Support;

/// <summary>What a test needs of the machine; without it the test is skipped, and says why.</summary>
internal static class Needs
{
    private const string Debian = "/usr/bin/chromium";

    /// <summary>The program of the browser: of the environment variable REXEC_CHROMIUM, else Debian's.</summary>
    public static string Chromium()
    {
        string program = Environment.GetEnvironmentVariable("REXEC_CHROMIUM") is { Length: > 0 } named ? named : Debian;
        Skip.IfNot(File.Exists(program), "needs chromium (Debian package)");
        return program;
    }
}
