using System.Diagnostics;
using RexecConformance.Dialects;
using RexecConformance.Inetd;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Whether a server still serves, and holds no more than it did before the first case.</summary>
internal sealed class SocketHealth(ITarget target, Dialect dialect, ILeftovers? leftovers, TroubleWatch troubles)
{
    // The longest that anything harmless runs on after its client has gone (a sleep in the background), and some.
    private static readonly TimeSpan s_goneWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    private IReadOnlyDictionary<string, int> _before = new Dictionary<string, int>();

    /// <summary>Drives a canary and counts.</summary>
    /// <exception cref="TargetStartException">It does not serve.</exception>
    public async Task BeginAsync(CancellationToken cancel)
    {
        if (await Canary.TryAsync(target, dialect, cancel) is { } broken)
        {
            throw new TargetStartException($"{target.Name}: {broken}");
        }

        if (leftovers is null)
        {
            return;
        }

        // What the canary held goes a moment after its client: the least of some counts is the state of rest.
        IReadOnlyDictionary<string, int> least = await leftovers.CountAsync(cancel);
        for (int i = 0; i < 5; i++)
        {
            await Task.Delay(s_again, cancel);
            IReadOnlyDictionary<string, int> now = await leftovers.CountAsync(cancel);
            least = now.ToDictionary(pair => pair.Key, pair => Math.Min(pair.Value, least.GetValueOrDefault(pair.Key, pair.Value)));
        }

        _before = least;
    }

    /// <summary>Null, or one line on what is wrong. Nothing may be under way.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancel)
    {
        if (troubles.Next() is { } trouble)
        {
            return trouble;
        }

        if (await Canary.TryAsync(target, dialect, cancel) is { } broken)
        {
            return $"after the cases a plain login fails: {broken}";
        }

        if (leftovers is null)
        {
            return troubles.Next();
        }

        var clock = Stopwatch.StartNew();
        while (true)
        {
            string? left = Left(await leftovers.CountAsync(cancel));
            if (left is null || clock.Elapsed > s_goneWithin)
            {
                return left ?? troubles.Next();
            }

            await Task.Delay(s_again, cancel);
        }
    }

    private string? Left(IReadOnlyDictionary<string, int> now)
    {
        IEnumerable<string> more = now
            .Where(pair => _before.TryGetValue(pair.Key, out int before) && pair.Value > before)
            .Select(pair => $"{pair.Value} {pair.Key}, {_before[pair.Key]} before the first case");
        string text = string.Join("; ", more);
        return text.Length == 0 ? null : $"left behind with no case under way: {text}";
    }
}
