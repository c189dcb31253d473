using System.Globalization;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using Microsoft.Extensions.Logging.Abstractions;
using RexecConformance.Inetd;
using IContainer = DotNet.Testcontainers.Containers.IContainer;

namespace RexecConformance.Containers.Testcontainers;

/// <summary>A container engine through Testcontainers for .NET.</summary>
public sealed class TestcontainersHost : IContainerHost
{
    private readonly IDockerClient _client;

    private TestcontainersHost(IDockerClient client, string engine)
    {
        _client = client;
        Name = $"Testcontainers {typeof(ContainerBuilder).Assembly.GetName().Version?.ToString(3)}, engine {engine}";
    }

    /// <summary>This implementation.</summary>
    public static ContainerHostKind Kind { get; } = new("testcontainers", async cancel => await OpenAsync(cancel));

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Asks the engine for its version.</summary>
    /// <exception cref="TargetStartException">No engine answers.</exception>
    public static Task<TestcontainersHost> OpenAsync(CancellationToken cancel) => EngineErrors.MapAsync("reaching the engine", async () =>
    {
        string? version = await EngineVersion.SettleAsync(cancel);

        // Its own reaper is a container of an image that must be pulled; the suite's labels and sweep do its work.
        TestcontainersSettings.ResourceReaperEnabled = false;
        IDockerClient client = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder().Build();
        version ??= (await client.System.GetVersionAsync(cancel)).Version;
        return new TestcontainersHost(client, version);
    });

    /// <inheritdoc/>
    public Task<bool> HasImageAsync(string image, CancellationToken cancel) => EngineErrors.MapAsync("listing images", async () =>
    {
        var parameters = new ImagesListParameters { Filters = Filter("reference", image) };
        return (await _client.Images.ListImagesAsync(parameters, cancel)).Count > 0;
    });

    /// <inheritdoc/>
    public async Task BuildAsync(ImageBuild build, CancellationToken cancel)
    {
        var log = new BuildLog();
        ImageFromDockerfileBuilder builder = new ImageFromDockerfileBuilder()
            .WithName(build.Image)
            .WithDockerfileDirectory(build.Context)
            .WithCleanUp(false)
            .WithDeleteIfExists(false)
            .WithLogger(log)
            .WithCreateParameterModifier(parameters =>
            {
                parameters.NetworkMode = "host";
                parameters.ForceRemove = true;
            });
        builder = build.Labels.Aggregate(builder, (b, label) => b.WithLabel(label.Key, label.Value));
        builder = build.Arguments.Aggregate(builder, (b, argument) => b.WithBuildArgument(argument.Key, argument.Value));
        try
        {
            await EngineErrors.MapAsync("building an image", async () =>
            {
                await builder.Build().CreateAsync(cancel);
                return true;
            });
        }
        catch (TargetStartException e)
        {
            throw ImageBuildLog.Failed(build.Image, log.ToString(), e);
        }
    }

    /// <inheritdoc/>
    public Task<StartedContainer> StartAsync(ContainerStart start, CancellationToken cancel) =>
        EngineErrors.MapAsync($"starting a container of {start.Image}", async () =>
        {
            ContainerBuilder builder = new ContainerBuilder(start.Image)
                .WithName(start.Name)
                .WithLabel(start.Labels)
                .WithExtraHost(ContainerStart.PeerName, "host-gateway")
                .WithImagePullPolicy(PullPolicy.Never)
                .WithCleanUp(false)
                .WithAutoRemove(false)
                .WithLogger(NullLogger.Instance)
                .WithCreateParameterModifier(parameters => Adapt(parameters, start));
            builder = start.Command.Count > 0 ? builder.WithCommand([.. start.Command]) : builder;

            // Removed by its id, not by Testcontainers' Dispose, which would first ask it to stop and wait.
            IContainer container = builder.Build();
            await container.StartAsync(cancel);
            ContainerInspectResponse seen = await _client.Containers.InspectContainerAsync(container.Id, cancel);
            return Started(seen, start.PublishPort);
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundContainer>> ListAsync(CancellationToken cancel) =>
        EngineErrors.MapAsync<IReadOnlyList<FoundContainer>>("listing containers", async () =>
        {
            var parameters = new ContainersListParameters { All = true, Filters = Filter("label", Labels.Run) };
            return
            [
                .. (await _client.Containers.ListContainersAsync(parameters, cancel)).Select(c =>
                    new FoundContainer(c.ID, c.Names[0].TrimStart('/'), c.Image, c.State, new Dictionary<string, string>(c.Labels))),
            ];
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundImage>> ListImagesAsync(CancellationToken cancel) =>
        EngineErrors.MapAsync<IReadOnlyList<FoundImage>>("listing images", async () =>
        {
            var parameters = new ImagesListParameters { Filters = Filter("label", Labels.Image) };
            return
            [
                .. (await _client.Images.ListImagesAsync(parameters, cancel))
                    .SelectMany(image => image.RepoTags.Select(tag => new FoundImage(tag, image.Size))),
            ];
        });

    /// <inheritdoc/>
    public Task RemoveAsync(string idOrName, CancellationToken cancel) => EngineErrors.MapAsync("removing a container", async () =>
    {
        try
        {
            var parameters = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await _client.Containers.RemoveContainerAsync(idOrName, parameters, cancel);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Gone, or being removed by someone else.
        }

        return true;
    });

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, CancellationToken cancel) => EngineErrors.MapAsync("removing an image", async () =>
    {
        try
        {
            _ = await _client.Images.DeleteImageAsync(image, new ImageDeleteParameters(), cancel);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Gone, or a container uses it.
        }

        return true;
    });

    /// <inheritdoc/>
    public Task WaitForEndAsync(string id, CancellationToken cancel) => EngineErrors.MapAsync("watching a container", async () =>
    {
        try
        {
            _ = await _client.Containers.WaitContainerAsync(id, cancel);
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone.
        }

        return true;
    });

    /// <inheritdoc/>
    public Task<bool> IsRunningAsync(string id, CancellationToken cancel) => EngineErrors.MapAsync("looking at a container", async () =>
    {
        try
        {
            return (await _client.Containers.InspectContainerAsync(id, cancel)).State?.Running == true;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    });

    /// <inheritdoc/>
    public Task<string> LogAsync(string id, CancellationToken cancel) => EngineErrors.MapAsync("reading a container's log", async () =>
    {
        try
        {
            var parameters = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = "20" };
            using MultiplexedStream stream = await _client.Containers.GetContainerLogsAsync(id, parameters, cancel);
            (string output, string errors) = await stream.ReadOutputToEndAsync(cancel);
            return output + errors;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return "";
        }
    });

    /// <inheritdoc/>
    public Task<string> PrintedAsync(string id, string command, CancellationToken cancel) => EngineErrors.MapAsync("asking a container", async () =>
    {
        var parameters = new ContainerExecCreateParameters { AttachStdout = true, Cmd = ["sh", "-c", command] };
        ContainerExecCreateResponse created = await _client.Exec.CreateContainerExecAsync(id, parameters, cancel);
        using MultiplexedStream stream = await _client.Exec.StartContainerExecAsync(created.ID, new ContainerExecStartParameters(), cancel);
        (string output, _) = await stream.ReadOutputToEndAsync(cancel);
        return output;
    });

    private static void Adapt(CreateContainerParameters parameters, ContainerStart start)
    {
        // An init that reaps what commands leave behind, which not every super-server does as process 1.
        parameters.HostConfig!.Init = true;
        if (start.PublishPort is { } port)
        {
            string key = port.ToString(CultureInfo.InvariantCulture) + "/tcp";
            parameters.ExposedPorts = new Dictionary<string, EmptyStruct> { [key] = default };

            // Testcontainers' own port binding would listen on all of the host's addresses.
            parameters.HostConfig.PortBindings = new Dictionary<string, IList<PortBinding>>
            {
                [key] = [new PortBinding { HostIP = IPAddress.Loopback.ToString(), HostPort = "" }],
            };
        }
    }

    private static StartedContainer Started(ContainerInspectResponse seen, int? publishedPort)
    {
        IPEndPoint? published = null;
        if (publishedPort is { } port && seen.NetworkSettings!.Ports!.TryGetValue($"{port}/tcp", out IList<PortBinding>? bindings) && bindings is { Count: > 0 })
        {
            published = new IPEndPoint(IPAddress.Loopback, int.Parse(bindings[0].HostPort, CultureInfo.InvariantCulture));
        }

        EndpointSettings bridge = seen.NetworkSettings!.Networks!.First().Value;
        return new StartedContainer(seen.ID, Address(bridge.IPAddress), Address(bridge.Gateway), published);
    }

    private static IPAddress? Address(string? text) => IPAddress.TryParse(text, out IPAddress? address) ? address : null;

    private static Dictionary<string, IDictionary<string, bool>> Filter(string name, string value) =>
        new() { [name] = new Dictionary<string, bool> { [value] = true } };
}
