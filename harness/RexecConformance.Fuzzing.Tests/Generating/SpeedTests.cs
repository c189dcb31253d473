using System.Diagnostics;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Scenarios;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>What a case costs.</summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Cases = 300_000;

    [Fact]
    public void A_case_costs_a_few_microseconds_and_a_few_hundred_bytes()
    {
        var watch = Stopwatch.StartNew();
        var generator = new Generator(1, Worlds.Suite);
        TimeSpan started = watch.Elapsed;
        for (int i = 0; i < 50_000; i++)
        {
            _ = generator.Create(i);
        }

        // The best of some: other tests run at the same time.
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            watch.Restart();
            for (int i = 0; i < Cases / 5; i++)
            {
                _ = generator.Create(i + (round * Cases / 5));
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        double each = best.TotalMicroseconds / (Cases / 5);
        long bytes = 0;
        for (int i = 0; i < Cases / 5; i++)
        {
            bytes += Size(generator.Create(i));
        }

        double size = bytes / (Cases / 5.0);
        output.WriteLine($"a generator in {started.TotalMilliseconds:f0} ms; {each:f2} us a case, {1e6 / each:f0} cases a second; {size:f0} bytes a case");
        Assert.True(size < 400, $"{size:f0} bytes a case, expected fewer than 400");

        // The goal is 5 us on a quiet machine; a busy one, or a build without optimizing, takes longer.
        Assert.True(each < 50, $"{each:f2} us a case");
    }

    internal static int Size(FuzzCase fuzzCase) =>
        fuzzCase.Send.OfType<BytesStep>().Sum(step => step.Bytes.Parts.Sum(part => part is LiteralPart literal ? literal.Bytes.Length : 6))
        + fuzzCase.Companions.Sum(Size);
}
