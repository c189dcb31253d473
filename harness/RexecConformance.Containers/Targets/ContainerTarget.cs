using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Containers.Images;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Containers.Targets;

/// <summary>A container of an image in <c>docker/</c>, started for one run: <c>container:NAME</c>.</summary>
/// <remarks>It counts as loopback: it is ours alone, so nothing needs to be spared.</remarks>
public sealed class ContainerTarget : ProfiledTarget
{
    private readonly RunningContainer _container;

    private ContainerTarget(string name, TargetProfile profile, RunningContainer container, IReadOnlyDictionary<string, string> provenance)
        : base(name, profile)
    {
        ArgumentList = profile.ArgumentList ?? LinuxArgument;
        _container = container;
        Provenance = provenance;
        IReadOnlySet<string> found = CapabilitiesWith(
            ("ipv4", true), (TargetCapabilities.Proxied, container.IsProxied), (TargetCapabilities.NoAux, container.AuxAddress is null));
        Capabilities = container.AuxAddress is null ? found.Where(name => name != "privileged-port").ToHashSet() : found;
    }

    /// <inheritdoc/>
    public override Task<string>? Gone => _container.Gone;

    /// <summary>The container.</summary>
    public RunningContainer Container => _container;

    /// <summary>Builds the image if need be, starts a container of it, and waits until it answers.</summary>
    /// <param name="name">The target as written.</param>
    /// <param name="image">The image's folder.</param>
    /// <param name="dialect">The dialect to judge by, or null for the image's own.</param>
    /// <param name="options">How to start it.</param>
    /// <param name="cancel">Gives up; what was started by then is removed.</param>
    /// <exception cref="Inetd.TargetStartException">There is no engine, or the container does not answer.</exception>
    /// <exception cref="TargetSpecException">Its description is wrong.</exception>
    public static async Task<ContainerTarget> StartAsync(
        string name, ImageFolder image, string? dialect, ContainerOptions options, CancellationToken cancel)
    {
        ImageDescription description = ImageDescription.Read(image);
        TargetProfile profile = description.Profile with { Dialect = dialect ?? description.Profile.Dialect };
        RunningContainer container = await RunningContainer.StartAsync(image, description, profile.Dialect, options, cancel);
        try
        {
            return new ContainerTarget(name, profile, container, await ContainerProvenance.OfAsync(container, cancel));
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) =>
        ValueTask.FromResult(setup.IsPlain && network == AddressFamily.InterNetwork ? _container.EndPoint : null);

    /// <inheritdoc/>
    public override IPAddress AuxAddress(AddressFamily network) => _container.AuxAddress ?? IPAddress.Loopback;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _container.DisposeAsync();
}
