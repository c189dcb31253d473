using System.Net;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;

namespace RexecConformance.Targets;

/// <summary>What is known of a target before it is reached: from its file, or the defaults of its kind.</summary>
public sealed record TargetProfile
{
    /// <summary>The dialect to judge by.</summary>
    public required string Dialect { get; init; }

    /// <summary>Its accounts.</summary>
    public AccountFile Accounts { get; init; } = AccountFile.Default;

    /// <summary>Its shell.</summary>
    public Shell Shell { get; init; } = Shell.Sh;

    /// <summary>Its capabilities beyond what the harness finds out itself.</summary>
    public IReadOnlySet<string> Capabilities { get; init; } = new HashSet<string>();

    /// <summary>Longest command, characters.</summary>
    public int? ArgumentList { get; init; }

    /// <summary>Variants with waiting in them that may be driven at once: for a server that starts a costly process for each client.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Known deviations.</summary>
    public IReadOnlyList<Deviation> Deviations { get; init; } = [];

    /// <summary>Address to listen on for auxiliary connections, or null for the one that faces the target.</summary>
    public IPAddress? AuxListen { get; init; }
}
