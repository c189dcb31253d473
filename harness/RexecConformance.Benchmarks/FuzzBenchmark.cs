using System.CommandLine;
using System.Diagnostics;
using RexecConformance.Cli.Targets;
using RexecConformance.Fuzzing;
using RexecConformance.Targets;

namespace RexecConformance.Benchmarks;

/// <summary>How many cases of the fuzzer servers in memory answer in a second.</summary>
internal static class FuzzBenchmark
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each measurement takes", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads that ask at the same time", DefaultValueFactory = _ => Environment.ProcessorCount };
        var dialects = new Option<string[]>("--dialect") { Description = "Dialects to serve; all", AllowMultipleArgumentsPerToken = true };
        var command = new Command("fuzz", "Cases of the fuzzer on servers in memory: requests a second, by dialect and by kind of case.") { seconds, threads, dialects };
        command.SetAction(parsed => Run(parsed.GetValue(seconds), parsed.GetValue(threads), parsed.GetValue(dialects) ?? []));
        return command;
    }

    private static void Run(double seconds, int threads, string[] dialects)
    {
        MemoryTarget[] targets = [.. (dialects.Length > 0 ? dialects : Rexecd.Dialect.Names).Select(name => MemoryTarget.Start(TargetSpec.Parse("memory:" + name), name, null))];
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        _ = Rate(targets, FuzzCases.All, time); // compiled, and compiled again
        _ = Rate(targets, FuzzCases.All, time);
        foreach (FuzzCase one in FuzzCases.All)
        {
            Print(one.Origin.Family, Rate(targets, [one], time / 4));
        }

        foreach (MemoryTarget target in targets)
        {
            Print(target.Name, Rate([target], FuzzCases.All, time / 4));
        }

        long before = GC.GetTotalAllocatedBytes();
        double all = Rate(targets, FuzzCases.All, time);
        Print("all, one thread", all);
        Console.WriteLine($"{(GC.GetTotalAllocatedBytes() - before) / (all * seconds),30:0} bytes allocated a case");
        double[] rates = new double[threads];
        Thread[] asking = [.. Enumerable.Range(0, threads).Select(number => new Thread(() => rates[number] = Rate(targets, FuzzCases.All, time)))];
        Array.ForEach(asking, thread => thread.Start());
        Array.ForEach(asking, thread => thread.Join());
        Print($"all, {threads} threads", rates.Sum());
    }

    private static void Print(string what, double rate) => Console.WriteLine($"{what,-30} {rate,10:0} a second {1e6 / rate,8:0.00} us each");

    private static double Rate(MemoryTarget[] targets, IReadOnlyList<FuzzCase> cases, TimeSpan time)
    {
        long count = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < time)
        {
            foreach (MemoryTarget target in targets)
            {
                foreach (FuzzCase one in cases)
                {
                    if (target.AskAsync(one, default).Result.Trouble is { } trouble)
                    {
                        throw new InvalidOperationException($"{target.Name}, {one.Origin.Family}: {trouble}");
                    }

                    count++;
                }
            }
        }

        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
