using RexecConformance.Containers.DockerCommand;

namespace RexecConformance.Containers;

/// <summary>An implementation that a build has.</summary>
/// <param name="Name">How it is named on the command line: <c>docker</c>, <c>testcontainers</c>.</param>
/// <param name="OpenAsync">Reaches the engine.</param>
public sealed record ContainerHostKind(string Name, Func<CancellationToken, Task<IContainerHost>> OpenAsync)
{
    /// <summary>The <c>docker</c> command, which every build has.</summary>
    public static ContainerHostKind Docker { get; } = new("docker", async cancel => await DockerCommandHost.OpenAsync(cancel));
}
