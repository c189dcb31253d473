using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;

namespace RexecConformance.Targets;

/// <summary>A running server to be judged.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>The target as the person wrote it.</summary>
    string Name { get; }

    /// <summary>The dialect to judge it by.</summary>
    string Dialect { get; }

    /// <summary>The accounts that it has; scenarios that need others are unsupported.</summary>
    AccountFile Accounts { get; }

    /// <summary>The shell that runs its commands.</summary>
    Shell Shell { get; }

    /// <summary>What it can do beyond the protocol: <c>ipv6</c>, <c>argument-list</c>, <c>fault:fork</c>, <c>option:refuse-root</c>...</summary>
    IReadOnlySet<string> Capabilities { get; }

    /// <summary>The longest command in characters that its system takes as an argument, or null if not stated.</summary>
    int? ArgumentList { get; }

    /// <summary>Variants with waiting in them that may be driven at once, at least 1; null is no limit of its own.</summary>
    int? AtOnce => null;

    /// <summary>Deviations from the dialect that are known and listed.</summary>
    IReadOnlyList<Deviation> Deviations { get; }

    /// <summary>True if it is reached over loopback: nobody else's machine, no limits on connections or wrong passwords.</summary>
    bool IsLoopback { get; }

    /// <summary>Where it listens, or null if it does not serve that network protocol or can't be started in that way.</summary>
    /// <param name="network">IPv4 or IPv6.</param>
    /// <param name="setup">What the server must be started with.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Inetd.TargetStartException">It could not be started.</exception>
    ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel);

    /// <summary>The local address on which auxiliary connections from it arrive.</summary>
    IPAddress AuxAddress(AddressFamily network);

    /// <summary>
    /// Completes, with one line, when what the server runs on goes away: its container, the engine. It may go on
    /// answering then, but nobody looks after it any more. Null for the targets that have nothing of the kind.
    /// </summary>
    Task<string>? Gone => null;

    /// <summary>Where what it answers comes from: package versions, image, engine. No address and no date.</summary>
    IReadOnlyDictionary<string, string> Provenance => s_unknown;

    private static readonly Dictionary<string, string> s_unknown = [];

    /// <summary>What went wrong with the server itself (a crash, for one) so far; one line each.</summary>
    IReadOnlyList<string> Troubles { get; }
}
