using System.Diagnostics;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Scenarios;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>What a case costs.</summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Round = 5_000;

    private const int Rounds = 20;

    [Fact]
    public void A_case_costs_a_few_microseconds_and_a_few_hundred_bytes()
    {
        GeneratorWorld world = Worlds.Suite;
        var watch = Stopwatch.StartNew();
        var generator = new Generator(1, world);
        TimeSpan started = watch.Elapsed;
        long size = 0;
        for (int i = 0; i < Round * 4; i++)
        {
            size += Size(generator.Create(i));
        }

        // The best of some: other tests run at the same time.
        TimeSpan best = TimeSpan.MaxValue;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            watch.Restart();
            for (int i = 0; i < Round; i++)
            {
                _ = generator.Create(i + (round * Round));
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        double memory = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Round * Rounds);
        double each = best.TotalMicroseconds / Round;
        double bytes = size / (Round * 4.0);
        output.WriteLine($"a generator in {started.TotalMilliseconds:f0} ms; {each:f2} us a case, {1e6 / each:f0} cases a second; {bytes:f0} bytes a case, {memory:f0} of memory");
        Assert.True(bytes < 400, $"{bytes:f0} bytes a case, expected fewer than 400");
        Assert.True(memory < 1500, $"{memory:f0} bytes of memory a case, expected fewer than 1500");

        // The goal is 5 us on a quiet machine. A machine that does four things at once takes longer, and what is ten times as slow is wrong everywhere.
        Assert.True(each < 50, $"{each:f2} us a case");
    }

    internal static int Size(FuzzCase fuzzCase) =>
        fuzzCase.Send.OfType<BytesStep>().Sum(step => step.Bytes.Parts.Sum(part => part is LiteralPart literal ? literal.Bytes.Length : 6))
        + fuzzCase.Companions.Sum(Size);
}
