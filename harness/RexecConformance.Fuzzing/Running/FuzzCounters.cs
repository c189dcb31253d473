using System.Collections.Concurrent;
using System.Diagnostics;

namespace RexecConformance.Fuzzing.Running;

/// <summary>How far a run is; workers add to it, a person looks on.</summary>
public sealed class FuzzCounters
{
    // Beyond, a new outcome is none: what changes with every case must not fill the memory.
    private const int MostOutcomes = 100_000;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<ulong, byte> _outcomes = new();
    private readonly ConcurrentDictionary<(string Dialect, string Reply), long> _replies = new();
    private long _cases;
    private long _asked;
    private long _withheld;
    private long _notRepeated;
    private long _known;
    private int _finds;
    private int _distinct;
    private (TimeSpan Time, long Cases)? _lastBegun;

    /// <summary>Cases of the generator that were asked.</summary>
    public long Cases => Volatile.Read(ref _cases);

    /// <summary>All that was asked: the corpus and what finds cost included.</summary>
    public long Asked => Volatile.Read(ref _asked);

    /// <summary>Cases that were not sent to a real shell.</summary>
    public long Withheld => Volatile.Read(ref _withheld);

    /// <summary>Symptoms that did not show again.</summary>
    public long NotRepeated => Volatile.Read(ref _notRepeated);

    /// <summary>Differences that the dialects explain.</summary>
    public long KnownDifferences => Volatile.Read(ref _known);

    /// <summary>Kinds found.</summary>
    public int Finds => Volatile.Read(ref _finds);

    /// <summary>Outcomes that are not alike.</summary>
    public int Distinct => Volatile.Read(ref _distinct);

    /// <summary>Time since the run began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>
    /// The time until no more cases were begun, and how many had been done by then: what waits for the last of them, and for the last look at the
    /// servers, is no part of a rate. Of few cases, or of those in memory, most are done after that: then it is the whole run.
    /// </summary>
    internal (TimeSpan Time, long Cases) Begun
    {
        get
        {
            lock (_clock)
            {
                (TimeSpan Time, long Cases) now = (Elapsed, Cases);
                return _lastBegun is { } then && then.Cases * now.Time > now.Cases * then.Time ? then : now;
            }
        }
    }

    /// <summary>One line for a person who waits.</summary>
    public string Line => FormattableString.Invariant(
        $"{Cases} cases, {Begun.Cases / Math.Max(0.001, Begun.Time.TotalSeconds):0}/s, {Distinct} distinct outcomes, {Finds} finds, {(int)Elapsed.TotalMinutes}:{Elapsed.Seconds:00}");

    /// <summary>How often each reply was reached.</summary>
    public IReadOnlyDictionary<(string Dialect, string Reply), long> Replies => _replies;

    internal void AddCases(long number) => Interlocked.Add(ref _cases, number);

    internal void AddAsked(long number) => Interlocked.Add(ref _asked, number);

    internal void AddWithheld(long number = 1) => Interlocked.Add(ref _withheld, number);

    internal void AddNotRepeated(long number = 1) => Interlocked.Add(ref _notRepeated, number);

    internal void AddKnown(long number = 1) => Interlocked.Add(ref _known, number);

    internal void NoMoreBegun()
    {
        lock (_clock)
        {
            _lastBegun ??= (Elapsed, Cases);
        }
    }

    internal void AddFind() => Interlocked.Increment(ref _finds);

    internal void AddReplies(IEnumerable<KeyValuePair<(string Dialect, string Reply), long>> replies)
    {
        foreach ((var key, long count) in replies)
        {
            _ = _replies.AddOrUpdate(key, count, (_, before) => before + count);
        }
    }

    internal bool AddOutcome(ulong signature)
    {
        bool added = _distinct < MostOutcomes && _outcomes.TryAdd(signature, 0);
        if (added)
        {
            _ = Interlocked.Increment(ref _distinct);
        }

        return added;
    }
}
