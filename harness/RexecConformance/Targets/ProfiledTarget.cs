using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;
using RexecConformance.Wire;

namespace RexecConformance.Targets;

/// <summary>A target of which its profile says most: what is left is how it is reached.</summary>
/// <param name="name">The target as written.</param>
/// <param name="profile">What is known of it.</param>
public abstract class ProfiledTarget(string name, TargetProfile profile) : ITarget
{
    /// <summary>MAX_ARG_STRLEN of Linux less the NUL: execve refuses a longer single argument. Characters.</summary>
    protected const int LinuxArgument = 131_071;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Dialect => profile.Dialect;

    /// <inheritdoc/>
    public AccountFile Accounts => profile.Accounts;

    /// <inheritdoc/>
    public Shell Shell => profile.Shell;

    /// <inheritdoc/>
    public IReadOnlySet<string> Capabilities { get; protected init; } = new HashSet<string>();

    /// <inheritdoc/>
    public int? ArgumentList { get; protected init; } = profile.ArgumentList;

    /// <inheritdoc/>
    public int? AtOnce => profile.AtOnce;

    /// <inheritdoc/>
    public IReadOnlyList<Deviation> Deviations => profile.Deviations;

    /// <inheritdoc/>
    public virtual bool IsLoopback => true;

    /// <inheritdoc/>
    public virtual Task<string>? Gone => null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Provenance { get; protected init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Troubles => [];

    /// <inheritdoc/>
    public abstract ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel);

    /// <inheritdoc/>
    public abstract IPAddress AuxAddress(AddressFamily network);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>The profile's capabilities, those named that the target has, and that of this process to listen on a port below 1024.</summary>
    protected IReadOnlySet<string> CapabilitiesWith(params IEnumerable<(string Name, bool Has)> found)
    {
        var all = new HashSet<string>(profile.Capabilities);
        all.UnionWith(found.Append(("privileged-port", PrivilegedPort.Allowed)).Where(one => one.Item2).Select(one => one.Item1));
        return all;
    }
}
