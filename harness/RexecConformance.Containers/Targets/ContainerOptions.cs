namespace RexecConformance.Containers.Targets;

/// <summary>How a container is started.</summary>
public sealed record ContainerOptions
{
    /// <summary>The implementation that starts it.</summary>
    public ContainerHostKind Host { get; init; } = ContainerHostKind.Docker;

    /// <summary>True to go through a published port even where the container's own address can be reached.</summary>
    public bool Published { get; init; }

    /// <summary>Is told, in a line, of what takes long and of what was cleared away.</summary>
    public Action<string> Say { get; init; } = _ => { };
}
