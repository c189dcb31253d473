using RexecConformance.Captures.Tcp;

namespace RexecConformance.Captures.Showing;

/// <summary>Finds copies of what is hidden; at a hole in the stream also the part of a copy that is left.</summary>
internal sealed class HiddenCopies
{
    /// <summary>Shorter ones are hidden by their place only: else half of a dialogue would be stars (as in all reports).</summary>
    private const int Shortest = 3;

    // What comes after lost bytes of a request may be a long input of the command: no such thing is looked for everywhere.
    private const int Longest = 4096;

    private readonly byte[][] _secrets;

    public HiddenCopies(IEnumerable<byte[]> secrets) =>
        _secrets = [.. secrets.Where(secret => secret.Length is >= Shortest and <= Longest).DistinctBy(Convert.ToHexString)];

    /// <summary>Copies in one direction of a stream.</summary>
    public IEnumerable<HiddenRange> In(TcpDirection direction)
    {
        if (_secrets.Length == 0)
        {
            yield break;
        }

        var pieces = direction.Pieces;
        for (var first = 0; first < pieces.Count;)
        {
            var last = first;
            while (last + 1 < pieces.Count && pieces[last + 1].Offset == pieces[last].End)
            {
                last++;
            }

            var start = pieces[first].Offset;
            var run = new byte[pieces[last].End - start];
            for (var i = first; i <= last; i++)
            {
                pieces[i].Bytes.Span.CopyTo(run.AsSpan((int)(pieces[i].Offset - start)));
            }

            foreach (var range in In(run, start > 0 || !direction.StartKnown, pieces[last].End < direction.Length || direction.End == EndOfStream.None))
            {
                yield return new HiddenRange(start + range.From, start + range.To);
            }

            first = last + 1;
        }
    }

    /// <summary>Copies in bytes that stand together.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="afterHole">The bytes before them are lost.</param>
    /// <param name="beforeHole">The bytes after them are lost.</param>
    public List<HiddenRange> In(ReadOnlySpan<byte> bytes, bool afterHole, bool beforeHole)
    {
        var found = new List<HiddenRange>();
        foreach (var secret in _secrets)
        {
            for (var at = 0; bytes[at..].IndexOf(secret) is var next and >= 0; at += next + 1)
            {
                found.Add(new HiddenRange(at + next, at + next + secret.Length));
            }

            for (var part = Math.Min(secret.Length - 1, bytes.Length); part >= Shortest; part--)
            {
                if (afterHole && bytes[..part].SequenceEqual(secret.AsSpan(secret.Length - part)))
                {
                    found.Add(new HiddenRange(0, part));
                }

                if (beforeHole && bytes[^part..].SequenceEqual(secret.AsSpan(0, part)))
                {
                    found.Add(new HiddenRange(bytes.Length - part, bytes.Length));
                }
            }
        }

        return HiddenRange.Merge(found);
    }
}
