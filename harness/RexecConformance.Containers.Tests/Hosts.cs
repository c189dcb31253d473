using RexecConformance.Containers.Images;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.Tests;

/// <summary>The implementations that this build has; each test of the interface runs against all.</summary>
public static class Hosts
{
    private static readonly ContainerHostKind[] s_kinds =
    [
        ContainerHostKind.Docker,
#if HAS_TESTCONTAINERS
        Testcontainers.TestcontainersHost.Kind,
#endif
    ];

    /// <summary>The collection of tests that start or sweep containers: each looks at what the others would leave.</summary>
    public const string OneByOne = "containers";

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => s_kinds.Select(kind => kind.Name);

    /// <summary>Their names, as test data.</summary>
    public static TheoryData<string> All => [.. Names];

    /// <summary>One by name.</summary>
    public static ContainerHostKind Kind(string name) => s_kinds.Single(kind => kind.Name == name);

    /// <summary>The engine, or a visible skip without one.</summary>
    public static async Task<IContainerHost> OpenAsync(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: containers are reached at their own addresses");
        try
        {
            return await Kind(name).OpenAsync(CancellationToken.None);
        }
        catch (TargetStartException e)
        {
            Skip.If(true, "needs a container engine: " + e.Message);
            throw;
        }
    }

    /// <summary>The image of the reference server, built if need be.</summary>
    public static ImageFolder Reference => DockerFolder.Find().Image("reference");

    /// <summary>Its name and tag.</summary>
    public static Task<string> ReferenceImageAsync(IContainerHost host) =>
        new ImageBuilder(host, _ => { }).EnsureAsync(Reference, ImageDescription.Read(Reference), CancellationToken.None);
}
