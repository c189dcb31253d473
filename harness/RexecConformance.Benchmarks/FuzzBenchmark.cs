using System.CommandLine;
using System.Diagnostics;
using RexecConformance.Accounts;
using RexecConformance.Cli.Targets;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Benchmarks;

/// <summary>How many cases of the fuzzer servers in memory answer in a second: the asking alone, without generating and judging.</summary>
internal static class FuzzBenchmark
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each measurement takes", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads that ask at the same time", DefaultValueFactory = _ => Environment.ProcessorCount };
        var dialects = new Option<string[]>("--dialect") { Description = "Dialects to serve; all", AllowMultipleArgumentsPerToken = true };
        var generated = new Option<int>("--generated") { Description = "Cases of the generator, by family; needs the folder 'scenarios'", DefaultValueFactory = _ => 0 };
        var command = new Command("fuzz", "Cases of the fuzzer on servers in memory: requests a second, by dialect and by kind of case.") { seconds, threads, dialects, generated };
        command.SetAction(parsed => Run(
            parsed.GetValue(seconds), parsed.GetValue(threads), parsed.GetValue(dialects) ?? [], parsed.GetValue(generated) is > 0 and var count ? Generated(count) : FuzzCases.All));
        return command;
    }

    private static void Run(double seconds, int threads, string[] dialects, IReadOnlyList<FuzzCase> cases)
    {
        MemoryTarget[] targets = [.. (dialects.Length > 0 ? dialects : Rexecd.Dialect.Names).Select(name => MemoryTarget.Start(TargetSpec.Parse("memory:" + name), name, null))];
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        _ = Measure(targets, cases, time); // compiled, and compiled again
        _ = Measure(targets, cases, time);
        foreach (IGrouping<string, FuzzCase> family in cases.GroupBy(one => one.Origin.Family).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            Print(family.Key, Measure(targets, [.. family], time / 4));
        }

        foreach (MemoryTarget target in targets)
        {
            Print(target.Name, Measure([target], cases, time / 4));
        }

        long before = GC.GetTotalAllocatedBytes();
        Measured all = Measure(targets, cases, time);
        Print("all, one thread", all);
        Console.WriteLine($"{(double)(GC.GetTotalAllocatedBytes() - before) / all.Cases,40:0} bytes allocated a case");
        var each = new Measured[threads];
        Thread[] asking = [.. Enumerable.Range(0, threads).Select(number => new Thread(() => each[number] = Measure(targets, cases, time)))];
        Array.ForEach(asking, thread => thread.Start());
        Array.ForEach(asking, thread => thread.Join());
        Print($"all, {threads} threads", new Measured(each.Sum(one => one.Cases), each.Max(one => one.Seconds), each.Max(one => one.Processor)));
    }

    private static FuzzCase[] Generated(int count)
    {
        ScenarioTree tree = ScenarioTree.Load("scenarios", AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet()).Tree;
        var generator = new Generator(1, GeneratorWorld.Of(tree, AccountFile.Default, Shell.Sh) with { InMemory = true });
        return [.. Enumerable.Range(0, count).Select(number => generator.Create(number))];
    }

    private static void Print(string what, Measured measured) => Console.WriteLine(
        $"{what,-40} {measured.Cases / measured.Seconds,10:0} a second, {1e6 * measured.Processor / measured.Cases,8:0.00} us of processor each");

    private static Measured Measure(MemoryTarget[] targets, IReadOnlyList<FuzzCase> cases, TimeSpan time)
    {
        long count = 0;
        long begin = Stopwatch.GetTimestamp();
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        while (true)
        {
            foreach (FuzzCase one in cases)
            {
                foreach (MemoryTarget target in targets)
                {
                    if (target.AskAsync(one, default).Result.Trouble is { } trouble)
                    {
                        throw new InvalidOperationException($"{target.Name}, {one.Origin.Family}: {trouble}");
                    }

                    count++;
                }

                if ((count & 63) < targets.Length && Stopwatch.GetElapsedTime(begin) >= time)
                {
                    return new Measured(count, Stopwatch.GetElapsedTime(begin).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
                }
            }
        }
    }

    private readonly record struct Measured(long Cases, double Seconds, double Processor);
}
