using RexecConformance.Accounts;
using RexecConformance.Containers;
using RexecConformance.Containers.Images;
using RexecConformance.Containers.Targets;
using RexecConformance.Inetd;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Targets;

/// <summary>Opens <c>container:NAME[,host=docker|testcontainers][,reach=published]</c>.</summary>
internal static class ContainerOpener
{
    /// <summary>The implementations that this build has, the default first.</summary>
    public static IReadOnlyList<ContainerHostKind> Hosts { get; } =
    [
#if HAS_TESTCONTAINERS
        Containers.Testcontainers.TestcontainersHost.Kind,
#endif
        ContainerHostKind.Docker,
    ];

    /// <summary>The dialect that the image's description names.</summary>
    /// <exception cref="TargetSpecException">There is no such image, or its description is wrong.</exception>
    public static string DialectOf(TargetSpec spec) => Read(spec, image => ImageDescription.Read(image).Profile.Dialect);

    /// <summary>Starts the container.</summary>
    /// <exception cref="TargetSpecException">It is written wrongly.</exception>
    /// <exception cref="TargetStartException">It did not start.</exception>
    public static Task<ContainerTarget> OpenAsync(TargetSpec spec, string dialect, CancellationToken cancel)
    {
        ContainerOptions options = Options(spec);
        ImageFolder image = Read(spec, image => image);
        return ContainerTarget.StartAsync(spec.Text, image, dialect.Length > 0 ? dialect : null, options, cancel);
    }

    /// <summary>Where lines about what takes long go.</summary>
    public static void Say(string line) => Console.Error.WriteLine("rexec-conformance: " + line);

    private static ContainerOptions Options(TargetSpec spec)
    {
        var options = new ContainerOptions { Host = Hosts[0], Say = Say };
        foreach ((string option, string value) in spec.Options)
        {
            options = (option, value) switch
            {
                ("reach", "published") => options with { Published = true },
                ("host", _) when Hosts.FirstOrDefault(h => h.Name == value) is { } host => options with { Host = host },
                _ => throw new TargetSpecException(
                    $"target '{spec.Text}': the option {option}={value} is not known, expected reach=published or host={string.Join("|", Hosts.Select(h => h.Name))}"),
            };
        }

        return options;
    }

    private static T Read<T>(TargetSpec spec, Func<ImageFolder, T> read)
    {
        try
        {
            return read(DockerFolder.Find().Image(spec.Argument));
        }
        catch (Exception e) when (e is TargetStartException or AccountFileException)
        {
            throw new TargetSpecException(e.Message);
        }
    }
}
