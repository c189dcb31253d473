namespace RexecConformance.Containers;

/// <summary>
/// A container engine, as far as the suite needs one. Implementations: the <c>docker</c> command, and Testcontainers for
/// .NET where its packages restore. They differ in nothing that a caller sees.
/// </summary>
/// <remarks>
/// All methods throw <see cref="Inetd.TargetStartException"/>, with one line, if the engine refuses or does not answer.
/// </remarks>
public interface IContainerHost
{
    /// <summary>What it is and the engine's version, for people: <c>docker command, engine 20.10.24</c>.</summary>
    string Name { get; }

    /// <summary>Whether the engine has an image of this name and tag.</summary>
    Task<bool> HasImageAsync(string image, CancellationToken cancel);

    /// <summary>Builds an image; its steps use this host's network.</summary>
    Task BuildAsync(ImageBuild build, CancellationToken cancel);

    /// <summary>Creates and starts a container; it may not answer yet.</summary>
    Task<StartedContainer> StartAsync(ContainerStart start, CancellationToken cancel);

    /// <summary>All containers that carry the suite's labels, those that have ended included.</summary>
    Task<IReadOnlyList<FoundContainer>> ListAsync(CancellationToken cancel);

    /// <summary>All images that carry the suite's labels.</summary>
    Task<IReadOnlyList<FoundImage>> ListImagesAsync(CancellationToken cancel);

    /// <summary>Ends a container at once and removes it; one that is gone already is no error.</summary>
    /// <param name="idOrName">Its id or its name.</param>
    /// <param name="cancel">Gives up.</param>
    Task RemoveAsync(string idOrName, CancellationToken cancel);

    /// <summary>Removes an image; one that is gone already, or that a container uses, is no error.</summary>
    Task RemoveImageAsync(string image, CancellationToken cancel);

    /// <summary>Waits until a container has ended or is gone; a container that is gone already is no error.</summary>
    Task WaitForEndAsync(string id, CancellationToken cancel);

    /// <summary>Whether a container is running; false too if it is gone.</summary>
    Task<bool> IsRunningAsync(string id, CancellationToken cancel);

    /// <summary>What a shell command prints within a container.</summary>
    Task<string> PrintedAsync(string id, string command, CancellationToken cancel);

    /// <summary>The last lines that a container wrote, or nothing if it is gone.</summary>
    Task<string> LogAsync(string id, CancellationToken cancel);
}
