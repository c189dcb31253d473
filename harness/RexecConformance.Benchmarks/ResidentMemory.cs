namespace RexecConformance.Benchmarks;

/// <summary>Anonymous memory of this process, as Linux counts it: heap and stacks, not the file's pages in the cache.</summary>
internal static class ResidentMemory
{
    /// <summary>The most that was in use during some work, in bytes; null where the system does not tell.</summary>
    public static long? PeakWhile(Func<long> work)
    {
        if (Now() is null)
        {
            return null;
        }

        using var over = new ManualResetEventSlim();
        long peak = 0;
        var watch = new Thread(() =>
        {
            do
            {
                peak = Math.Max(peak, Now() ?? 0);
            }
            while (!over.Wait(5));
        });
        watch.Start();
        _ = work();
        over.Set();
        watch.Join();
        return peak;
    }

    // RssAnon:     12345 kB
    private static long? Now()
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(one => one.StartsWith("RssAnon:", StringComparison.Ordinal)) : null;
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }
}
