using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Containers.Images;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Containers.Targets;

/// <summary>A container of an image in <c>docker/</c>, started for one run: <c>container:NAME</c>.</summary>
public sealed class ContainerTarget : ITarget
{
    // MAX_ARG_STRLEN of Linux less the NUL: execve refuses a longer single argument.
    private const int LinuxArgument = 131_071;

    private readonly TargetProfile _profile;
    private readonly RunningContainer _container;

    private ContainerTarget(string name, TargetProfile profile, RunningContainer container, IReadOnlyDictionary<string, string> provenance)
    {
        Provenance = provenance;
        Name = name;
        _profile = profile;
        _container = container;
        var capabilities = new HashSet<string>(profile.Capabilities) { "ipv4" };
        if (container.IsProxied)
        {
            _ = capabilities.Add(TargetCapabilities.Proxied);
        }

        if (container.AuxAddress is null)
        {
            _ = capabilities.Add(TargetCapabilities.NoAux);
        }
        else if (PrivilegedPort.Allowed)
        {
            _ = capabilities.Add("privileged-port");
        }

        Capabilities = capabilities;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Dialect => _profile.Dialect;

    /// <inheritdoc/>
    public AccountFile Accounts => _profile.Accounts;

    /// <inheritdoc/>
    public Shell Shell => _profile.Shell;

    /// <inheritdoc/>
    public IReadOnlySet<string> Capabilities { get; }

    /// <inheritdoc/>
    public int? ArgumentList => _profile.ArgumentList ?? LinuxArgument;

    /// <inheritdoc/>
    public IReadOnlyList<Deviation> Deviations => _profile.Deviations;

    /// <summary>True: the container is ours alone, so nothing needs to be spared, though it is not on loopback.</summary>
    public bool IsLoopback => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Provenance { get; }

    /// <inheritdoc/>
    public Task<string>? Gone => _container.Gone;

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
    public ValueTask<IPEndPoint?> EndPointAsync(AddressFamily network, ServerSetup setup, CancellationToken cancel) =>
        ValueTask.FromResult(setup.IsPlain && network == AddressFamily.InterNetwork ? _container.EndPoint : null);

    /// <inheritdoc/>
    public IPAddress AuxAddress(AddressFamily network) => _container.AuxAddress ?? IPAddress.Loopback;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
