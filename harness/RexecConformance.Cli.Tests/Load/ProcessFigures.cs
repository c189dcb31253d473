using System.Globalization;

namespace RexecConformance.Cli.Tests.Load;

/// <summary>What <c>/proc</c> says of a process at one moment.</summary>
/// <param name="Descriptors">Open descriptors, but for the runtime's libraries: it opens one when it is first needed, and keeps it.</param>
/// <param name="Children">Child processes, zombies included.</param>
/// <param name="Threads">Threads.</param>
/// <param name="PeakMegabytes">Most memory that it ever had at once (VmHWM).</param>
internal sealed record ProcessFigures(int Descriptors, int Children, int Threads, double PeakMegabytes)
{
    public static ProcessFigures Of(int pid) => new(
        new DirectoryInfo($"/proc/{pid}/fd").GetFileSystemInfos().Count(entry => !IsLibrary(entry)),
        Directory.GetDirectories($"/proc/{pid}/task").Sum(ChildrenOf),
        Directory.GetDirectories($"/proc/{pid}/task").Length,
        Peak(pid));

    /// <summary>Waits until the figures are as asked for, and returns those that were seen last.</summary>
    public static async Task<ProcessFigures> UntilAsync(int pid, Func<ProcessFigures, bool> condition, TimeSpan within)
    {
        long end = Environment.TickCount64 + (long)within.TotalMilliseconds;
        ProcessFigures seen = Of(pid);
        while (!condition(seen) && Environment.TickCount64 < end)
        {
            await Task.Delay(20);
            seen = Of(pid);
        }

        return seen;
    }

    private static bool IsLibrary(FileSystemInfo descriptor)
    {
        try
        {
            return descriptor.LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != false;
        }
        catch (IOException)
        {
            return true; // closed since it was listed
        }
    }

    private static int ChildrenOf(string task)
    {
        try
        {
            return File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        }
        catch (IOException)
        {
            return 0; // the thread has ended since it was listed
        }
    }

    private static double Peak(int pid)
    {
        string line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;
    }
}
