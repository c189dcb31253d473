using System.Net;

namespace RexecConformance.Containers;

/// <summary>An image to build.</summary>
/// <param name="Image">Name and tag.</param>
/// <param name="Context">Folder with a <c>Dockerfile</c> and all that it copies.</param>
/// <param name="Labels">The image's labels.</param>
/// <param name="Arguments">Build arguments: proxy settings of this host.</param>
public sealed record ImageBuild(
    string Image, string Context, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Arguments);

/// <summary>A container to start.</summary>
/// <param name="Name">Its name, unique.</param>
/// <param name="Image">Name and tag of the image.</param>
/// <param name="Labels">Its labels: whose it is (<see cref="RunOwner"/>).</param>
/// <param name="PublishPort">A TCP port of it to publish on a free port of 127.0.0.1, or null.</param>
/// <param name="Command">Arguments in place of the image's own command, or none.</param>
public sealed record ContainerStart(
    string Name, string Image, IReadOnlyDictionary<string, string> Labels, int? PublishPort, IReadOnlyList<string> Command)
{
    /// <summary>
    /// The name by which a container knows its peer, in its hosts file: netkit's daemon looks each client's address up
    /// and answers <c>Where are you?</c> without one.
    /// </summary>
    public const string PeerName = "harness";
}

/// <summary>A container that was started.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="Address">Its own address on the engine's bridge, or null if it has none.</param>
/// <param name="Gateway">The bridge's address on the engine's host, or null.</param>
/// <param name="Published">The end on 127.0.0.1 that leads to the published port, or null.</param>
public sealed record StartedContainer(string Id, IPAddress? Address, IPAddress? Gateway, IPEndPoint? Published);

/// <summary>A container with the suite's labels.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Image">Its image.</param>
/// <param name="State">The engine's word: <c>running</c>, <c>exited</c>, ...</param>
/// <param name="Labels">Its labels.</param>
public sealed record FoundContainer(string Id, string Name, string Image, string State, IReadOnlyDictionary<string, string> Labels);

/// <summary>An image with the suite's labels.</summary>
/// <param name="Image">Name and tag.</param>
/// <param name="Size">Size in bytes as the engine counts it.</param>
public sealed record FoundImage(string Image, long Size);
