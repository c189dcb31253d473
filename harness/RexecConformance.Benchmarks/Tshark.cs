using System.ComponentModel;
using System.Diagnostics;

namespace RexecConformance.Benchmarks;

/// <summary>The same work by the usual tool.</summary>
internal static class Tshark
{
    /// <summary>Time of one run that prints the exec fields of every packet, or null where there is no tshark.</summary>
    public static double? Seconds(string path)
    {
        try
        {
            var start = new ProcessStartInfo("tshark", ["-r", path, "-T", "fields", "-e", "tcp.stream", "-e", "exec.username", "-e", "exec.command"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            var begin = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardOutput.BaseStream.CopyTo(Stream.Null);
            process.WaitForExit();
            return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(begin).TotalSeconds : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
