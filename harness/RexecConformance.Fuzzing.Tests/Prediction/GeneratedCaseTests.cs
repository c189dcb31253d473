using System.Diagnostics;
using RexecConformance.Accounts;
using RexecConformance.Fuzzing.Generating;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Scenarios;
using Xunit.Abstractions;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>The model and the cases of the generator: it has a word on nearly all of them, and is quick about it.</summary>
public class GeneratedCaseTests(ITestOutputHelper output)
{
    private const int Count = 10_000;

    private static readonly Lazy<FuzzCase[]> s_cases = new(() =>
    {
        var generator = new Generator(7, GeneratorWorld.Of(Suite.Tree, AccountFile.Default, Shell.Sh));
        return [.. Enumerable.Range(0, Count).Select(number => generator.Create(number))];
    });

    // Of a hundred cases so many at most get no word at all: what is read from source or seen states nearly everything, a manual little.
    [Theory]
    [InlineData("bsd44", 4)]
    [InlineData("debian", 4)]
    [InlineData("netkit", 4)]
    [InlineData("inetutils", 4)]
    [InlineData("inetutils-pam", 4)]
    [InlineData("illumos", 4)]
    [InlineData("openbsd", 4)]
    [InlineData("freebsd", 4)]
    [InlineData("nuttx", 35)]
    [InlineData("sco", 40)]
    public void Few_cases_are_left_without_a_word(string dialect, int most)
    {
        Predictor predictor = Suite.Predictor(dialect);
        string[] reasons = [.. s_cases.Value.Select(one => predictor.Predict(one, Cases.Port)).Where(a => a.Unspecified is not null).Select(a => a.Unspecified!)];
        foreach (IGrouping<string, string> reason in reasons.GroupBy(reason => reason).OrderByDescending(same => same.Count()))
        {
            output.WriteLine($"{reason.Count()} {reason.Key}");
        }

        Assert.InRange(reasons.Length * 100.0 / Count, 0, most);
    }

    [Fact]
    public void Every_reply_to_a_generated_case_is_one_of_the_list()
    {
        foreach (string dialect in Suite.Tree.Dialects.Keys)
        {
            Predictor predictor = Suite.Predictor(dialect);
            Assert.Empty(s_cases.Value.Select(one => predictor.Predict(one, Cases.Port).Reply).Distinct().Except([.. predictor.Replies, Answers.NotStated]));
        }
    }

    [Fact]
    public void A_usual_prediction_takes_five_microseconds_at_most()
    {
        Predictor predictor = Suite.Predictor("bsd44");
        FuzzCase[] cases = s_cases.Value;
        double[] best = new double[cases.Length];
        Array.Fill(best, double.MaxValue);
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                long before = Stopwatch.GetTimestamp();
                _ = predictor.Predict(cases[i], Cases.Port);
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(before).TotalMicroseconds);
            }
        }

        // The best of ten, since others use the machine too; and half of all, since some fields are long.
        double median = best.Order().ElementAt(cases.Length / 2);
        output.WriteLine($"{median:0.00} us a case, {best.Average():0.00} us with the longest");
        Assert.InRange(median, 0, 5);
    }
}
