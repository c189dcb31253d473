using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Tests.Running;

/// <summary>A target that is only spoken of: it has a name and a dialect, and no server.</summary>
internal sealed class NamedTarget(string name, string dialect = "bsd44") : ITarget
{
    public string Name => name;

    public string Dialect => dialect;

    public AccountFile Accounts => AccountFile.Default;

    public Shell Shell => Shell.Sh;

    public IReadOnlySet<string> Capabilities => new HashSet<string>();

    public int? ArgumentList => null;

    public IReadOnlyList<Deviation> Deviations => [];

    public bool IsLoopback => true;

    public IReadOnlyList<string> Troubles => [];

    public ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) => default;

    public IPAddress AuxAddress(AddressFamily network) => IPAddress.Loopback;

    public ValueTask DisposeAsync() => default;
}
