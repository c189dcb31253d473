using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Baselines;
using RexecConformance.Scenarios;

namespace RexecConformance.Targets;

/// <summary>What a server once answered: <c>recorded:NAME</c>. Nothing is driven and no network is used.</summary>
/// <param name="name">The target as written.</param>
/// <param name="baseline">What is stored.</param>
/// <param name="dialect">The dialect to judge by.</param>
/// <param name="deviations">Known deviations of that server.</param>
public sealed class RecordedTarget(string name, Baseline baseline, string dialect, IReadOnlyList<Deviation> deviations) : ITarget
{
    private readonly ConcurrentDictionary<string, string> _unusable = [];

    /// <summary>What is stored.</summary>
    public Baseline Baseline => baseline;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Dialect => dialect;

    /// <summary>Baselines are of servers with the test accounts.</summary>
    public AccountFile Accounts => AccountFile.Default;

    /// <inheritdoc/>
    public Shell Shell => Shell.Sh;

    /// <inheritdoc/>
    public IReadOnlySet<string> Capabilities => baseline.Capabilities;

    /// <inheritdoc/>
    public int? ArgumentList => baseline.ArgumentList;

    /// <inheritdoc/>
    public IReadOnlyList<Deviation> Deviations => deviations;

    /// <inheritdoc/>
    public bool IsLoopback => true;

    /// <summary>One line if some of what was asked for can't be used.</summary>
    public IReadOnlyList<string> Troubles => _unusable.IsEmpty
        ? []
        : [$"{_unusable.Count} of the variants are missing in the baseline, or recorded before their scenario changed: record it again"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Provenance => baseline.Provenance;

    /// <summary>What was recorded of a variant, or null with the reason why it can't be used.</summary>
    public RecordedVariant? Find(Variant variant, out string? missing)
    {
        missing = null;
        if (!baseline.Variants.TryGetValue(variant.Name, out RecordedVariant? found))
        {
            missing = baseline.Dialect == dialect ? MissingReason : $"not recorded: its dialect {baseline.Dialect} says nothing about it";
        }
        else if (found.Sent != SentHash.Of(variant, this))
        {
            missing = StaleReason;
        }

        if (missing is MissingReason or StaleReason)
        {
            _ = _unusable.TryAdd(variant.Name, missing);
        }

        return missing is null ? found : null;
    }

    /// <summary>Why a variant is unsupported whose scenario has changed since.</summary>
    public const string StaleReason = "recorded before the scenario changed: record it again";

    /// <summary>Why a variant is unsupported that is newer than the baseline.</summary>
    public const string MissingReason = "not in the baseline: record it again";

    /// <inheritdoc/>
    public ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) => ValueTask.FromResult<IPEndPoint?>(null);

    /// <inheritdoc/>
    public IPAddress AuxAddress(AddressFamily network) => IPAddress.Loopback;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
