using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

public sealed class CoverageTests
{
    /// <summary>Against the simplest model there is: one flag for each place.</summary>
    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 60)]
    [InlineData(3, 200)]
    [InlineData(4, 5)]
    public void AnyOrderOfAnySegments(int seed, int longest)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var coverage = new Coverage();
            var seen = new bool[600];
            for (var i = 0; i < 40; i++)
            {
                var start = random.Next(seen.Length - longest);
                var range = new PlaceRange(start, start + 1 + random.Next(longest));
                var fresh = Add(coverage, range);
                for (long place = range.Start; place < range.End; place++)
                {
                    Assert.Equal(!seen[place], fresh.Contains(place));
                    seen[place] = true;
                }
            }

            Assert.Equal((Array.IndexOf(seen, true), Array.LastIndexOf(seen, true) + 1), (coverage.First, coverage.End));
            var holes = coverage.Holes.ToList();
            Assert.Equal(holes.OrderBy(hole => hole.Start), holes);
            Assert.Equal(
                Enumerable.Range(0, seen.Length).Where(place => place > coverage.First && place < coverage.End && !seen[place]).Select(place => (long)place),
                holes.SelectMany(hole => Enumerable.Range((int)hole.Start, (int)hole.Length).Select(place => (long)place)));
        }
    }

    [Fact]
    public void MoreHolesThanCanBeFilledAreStillCounted()
    {
        var coverage = new Coverage();
        for (var place = 0L; place < 300_000; place += 2)
        {
            _ = Add(coverage, new PlaceRange(place, place + 1));
        }

        Assert.Equal(149_999, coverage.Holes.Sum(hole => hole.Length));
        Assert.True(coverage.Holes.Count() < 120_000);
    }

    private static HashSet<long> Add(Coverage coverage, PlaceRange range)
    {
        var filled = new List<PlaceRange>();
        if (coverage.IsEmpty || range.Start >= coverage.End)
        {
            coverage.Append(range.Start, range.End);
            filled.Add(range);
        }
        else
        {
            coverage.Fill(range with { End = Math.Min(range.End, coverage.End) }, filled);
            if (range.End > coverage.End)
            {
                filled.Add(range with { Start = coverage.End });
                coverage.Append(coverage.End, range.End);
            }
        }

        return [.. filled.SelectMany(part => Enumerable.Range((int)part.Start, (int)part.Length).Select(place => (long)place))];
    }
}
