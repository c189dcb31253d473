using System.Globalization;
using RexecConformance.Fuzzing.Cases;
using RexecConformance.Fuzzing.Generating;

namespace RexecConformance.Fuzzing.Tests.Generating;

/// <summary>A seed means the same on every machine.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void The_first_1000_cases_of_seed_1_are_pinned()
    {
        string text = PinnedCases.Text(new Generator(1, Worlds.Small));
        if (Environment.GetEnvironmentVariable("REXEC_RENEW_CASES") == "1")
        {
            File.WriteAllText(PinnedCases.File, text);
        }

        Assert.Equal(File.ReadAllText(PinnedCases.File).ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Another_culture_changes_nothing()
    {
        // As far as the framework knows cultures here: numbers, lists and signs are all another's.
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NegativeSign = "\u2212";
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NumberGroupSeparator = ".";
        other.NumberFormat.PositiveSign = "p";
        string[] cultures = ["tr-TR", "ar-SA", "fa-IR"];
        string expected = File.ReadAllText(PinnedCases.File).ReplaceLineEndings("\n");
        foreach (CultureInfo culture in cultures.Select(Known).OfType<CultureInfo>().Append(other))
        {
            string? text = null;
            var thread = new Thread(() => text = PinnedCases.Text(new Generator(1, Worlds.Small))) { CurrentCulture = culture, CurrentUICulture = culture };
            thread.Start();
            thread.Join();
            Assert.Equal(expected, text);
        }
    }

    [Fact]
    public void Order_threads_and_generators_change_nothing()
    {
        var one = new Generator(9, Worlds.Suite);
        string[] lines = new string[4000];
        Parallel.For(0, lines.Length, i => lines[lines.Length - 1 - i] = CaseText.Write(one.Create(lines.Length - 1 - i)));
        var other = new Generator(9, Worlds.Suite);
        Assert.All(Enumerable.Range(0, lines.Length), i => Assert.Equal(lines[i], CaseText.Write(other.Create(i))));
    }

    [Fact]
    public void Another_seed_has_other_cases_and_other_words()
    {
        var one = new Generator(1, Worlds.Small);
        var other = new Generator(2, Worlds.Small);
        Assert.NotEqual(Sends(one), Sends(other));
    }

    [Fact]
    public void Cases_are_seldom_the_same_twice()
    {
        var generator = new Generator(4, Worlds.Suite);
        int distinct = Enumerable.Range(0, 5_000).Select(i => CaseText.Write(generator.Create(i) with { Origin = new CaseOrigin(0, 0, "") })).Distinct().Count();
        Assert.InRange(distinct, 4_000, 5_000);
    }

    private static IEnumerable<string> Sends(Generator generator) =>
        Enumerable.Range(0, 200).Select(i => CaseText.Write(generator.Create(i) with { Origin = new CaseOrigin(0, 0, "") }));

    private static CultureInfo? Known(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
