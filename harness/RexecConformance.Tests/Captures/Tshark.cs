using System.Diagnostics;

namespace RexecConformance.Tests.Captures;

/// <summary>Starts tshark; the test is skipped where there is none.</summary>
internal static class Tshark
{
    /// <summary>Its standard output; what it says of a damaged file on the other is not asked for.</summary>
    public static string Run(params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "needs tshark");
            throw;
        }
    }
}
