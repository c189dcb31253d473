using System.Diagnostics;
using RexecConformance.Bytes;
using RexecConformance.Inetd;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>Whether a server still serves as it did before the first case, and holds no more than then.</summary>
/// <remarks>A server that answers a plain login wrongly is one to be fuzzed: it must only go on to do so.</remarks>
/// <param name="name">The target as written.</param>
/// <param name="login">A plain login.</param>
/// <param name="leftovers">What the server's system holds, or null.</param>
/// <param name="trouble">What went wrong with the server itself and was not told before, or null.</param>
internal sealed class SocketHealth(string name, Func<CancellationToken, Task<FuzzOutcome>> login, ILeftovers? leftovers, Func<string?> trouble)
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    private IReadOnlyDictionary<string, int> _before = new Dictionary<string, int>();
    private IReadOnlyDictionary<string, int> _told = new Dictionary<string, int>();
    private string _answer = "";

    /// <summary>Logs in and counts.</summary>
    /// <exception cref="TargetStartException">It does not serve.</exception>
    public async Task BeginAsync(CancellationToken cancel)
    {
        FuzzOutcome first = await login(cancel);
        if (first.Trouble is { } broken)
        {
            throw new TargetStartException($"{name}: {broken}");
        }

        _answer = Words(first);

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
        if (trouble() is { } wrong)
        {
            return wrong;
        }

        // A busy machine may let one login wait too long.
        FuzzOutcome last = await login(cancel);
        last = last.Trouble is null && Words(last) == _answer ? last : await login(cancel);
        if (last.Trouble is not null || Words(last) != _answer)
        {
            return $"after the cases a plain login brings {last.Trouble ?? Words(last)}; before them it brought {_answer}";
        }

        if (leftovers is null)
        {
            return trouble();
        }

        var clock = Stopwatch.StartNew();
        while (true)
        {
            IReadOnlyDictionary<string, int> now = await leftovers.CountAsync(cancel);
            List<string> more = [.. now.Keys.Where(kind => IsMore(kind, now[kind]))];

            // What was there at the last look too has had its time to go.
            if (more.TrueForAll(kind => clock.Elapsed > leftovers.GoneWithin(kind) || now[kind] <= _told.GetValueOrDefault(kind)))
            {
                _told = now;
                return more.Count > 0 ? $"left behind with no case under way: {string.Join("; ", more.Select(kind => $"{now[kind]} {kind}, {_before[kind]} before the first case"))}" : trouble();
            }

            await Task.Delay(s_again, cancel);
        }
    }

    // FIN or RST is no matter: it may be a race.
    private static string Words(FuzzOutcome outcome) =>
        $"\"{ByteText.Escape(outcome.Primary.Bytes)}\"{(outcome.Primary.End == StreamEnd.Open ? " and no end" : "")}";

    private bool IsMore(string kind, int now) => _before.TryGetValue(kind, out int before) && now > before + leftovers!.Spare(kind);
}
