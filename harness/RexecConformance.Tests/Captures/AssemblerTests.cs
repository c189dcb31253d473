using System.Text;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

public sealed class AssemblerTests
{
    /// <summary>Against a model that keeps every segment and delivers again from the beginning each time.</summary>
    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 60)]
    [InlineData(3, 5)]
    public void AnyOrderOfAnySegments(int seed, int longest)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var assembler = new StreamAssembler(new KeepBudget(KeepLimits.Everything));
            assembler.SetStart(0);
            var model = new Model();
            var (captured, total) = (new bool[400], 0L);
            for (var i = 0; i < 40; i++)
            {
                var (place, length) = (random.Next(captured.Length - longest), 1 + random.Next(longest));
                // Each segment has bytes of its own, so that it shows which copy of a place was taken.
                var data = Enumerable.Repeat((byte)i, length).ToArray();
                assembler.Add(place, data, new CaptureMark(i, 0));
                model.Add(place, data);
                captured.AsSpan(place, length).Fill(true);
                total += length;
            }

            var (pieces, holes) = assembler.Contents();
            Assert.Equal(model.Text(), pieces.SelectMany(piece => piece.Bytes.ToArray()).ToArray());
            long next = 0;
            foreach (var (start, end) in pieces.Select(piece => (piece.Offset, piece.End)).Concat(holes.Select(hole => (hole.Start, hole.End))).Order())
            {
                Assert.Equal(next, start);
                next = end;
            }

            Assert.Equal(Array.LastIndexOf(captured, true) + 1, next);
            Assert.All(holes, hole => Assert.DoesNotContain(true, captured[(int)hole.Start..(int)hole.End]));
            Assert.Equal(captured.Count(one => one), pieces.Sum(piece => piece.Length));
        }
    }

    [Fact]
    public void WhatCouldBeDeliveredFirstCounts()
    {
        // "XX" waits for places 2 and 3, but "abcd" is what a receiver gets.
        Assert.Equal("abcdef", Text((2, "XX"), (0, "abcd"), (4, "ef")));
        // Of two that wait, the one captured first.
        Assert.Equal("abXXef", Text((2, "XX"), (2, "YYef"), (0, "ab")));
    }

    [Fact]
    public void SegmentsBackwardsEndInOrder()
    {
        var segments = Enumerable.Range(0, 4_000).Select(place => ((long)place, ((char)('a' + (place % 26))).ToString())).ToList();
        Assert.Equal(string.Concat(segments.Select(one => one.Item2)), Text([.. segments.AsEnumerable().Reverse()]));
    }

    [Fact]
    public void MoreHolesThanCanBeFilledAreStillCounted()
    {
        var assembler = new StreamAssembler(new KeepBudget(KeepLimits.Everything));
        for (var place = 0L; place < 300_000; place += 2)
        {
            assembler.Add(place, "x"u8, new CaptureMark(1, 0));
        }

        Assert.Equal(149_999, assembler.Contents().Holes.Sum(hole => hole.Length));
        Assert.Equal(150_000, assembler.Contents().Pieces.Count);
        Assert.InRange(assembler.Contents().Holes.Count, 100_000, 110_000);
    }

    private static string Text(params (long Place, string Data)[] segments)
    {
        var assembler = new StreamAssembler(new KeepBudget(KeepLimits.Everything));
        assembler.SetStart(0);
        foreach (var (place, data) in segments)
        {
            assembler.Add(place, Encoding.ASCII.GetBytes(data), default);
        }

        return string.Concat(assembler.Contents().Pieces.Select(piece => Encoding.ASCII.GetString(piece.Bytes.Span)));
    }

    private sealed class Model
    {
        private readonly List<(int Place, byte[] Data)> _waiting = [];
        private readonly List<byte> _delivered = [];

        public void Add(int place, byte[] data)
        {
            _waiting.Add((place, data));
            Deliver(_delivered, _waiting, place <= _delivered.Count ? _waiting.Count - 1 : -1);
        }

        // What still waits is delivered as if nothing were missing.
        public byte[] Text()
        {
            var (text, waiting) = (new List<byte>(_delivered), _waiting.ToList());
            long skipped = 0;
            while (waiting.Count > 0)
            {
                var lowest = waiting.Min(one => one.Place);
                var hole = Math.Max(0, lowest - (text.Count + skipped));
                skipped += hole;
                waiting = [.. waiting.Select(one => (one.Place - (int)skipped, one.Data))];
                Deliver(text, waiting, -1);
                waiting = [.. waiting.Select(one => (one.Place + (int)skipped, one.Data))];
            }

            return [.. text];
        }

        private static void Deliver(List<byte> text, List<(int Place, byte[] Data)> waiting, int first)
        {
            for (var index = first; ; index = -1)
            {
                index = index >= 0 ? index : waiting.FindIndex(one => one.Place <= text.Count);
                if (index < 0)
                {
                    return;
                }

                var (place, data) = waiting[index];
                waiting.RemoveAt(index);
                text.AddRange(data.Skip(text.Count - place));
            }
        }
    }
}
