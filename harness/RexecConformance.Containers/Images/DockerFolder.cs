using RexecConformance.Inetd;

namespace RexecConformance.Containers.Images;

/// <summary>The folder <c>docker/</c>: one subfolder for each image, and what they share.</summary>
/// <param name="Path">Its full path.</param>
public sealed record DockerFolder(string Path)
{
    /// <summary>The accounts that every image is given.</summary>
    public string AccountsFile => System.IO.Path.Combine(Path, "accounts.yaml");

    /// <summary>The names of its images.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Directory.GetDirectories(Path).Where(folder => File.Exists(System.IO.Path.Combine(folder, "Dockerfile")))
            .Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal),
    ];

    /// <summary><c>docker/</c> here or in a folder above, else the one beside the program.</summary>
    /// <exception cref="TargetStartException">There is none.</exception>
    public static DockerFolder Find()
    {
        for (DirectoryInfo? at = new(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            if (IsOne(System.IO.Path.Combine(at.FullName, "docker")) is { } found)
            {
                return found;
            }
        }

        return IsOne(System.IO.Path.Combine(AppContext.BaseDirectory, "docker"))
            ?? throw new TargetStartException("there is no folder docker/ with the images here or above: call the command from within the suite's repository");
    }

    /// <summary>One image.</summary>
    /// <exception cref="TargetStartException">There is no such image; the message names those that are there.</exception>
    public ImageFolder Image(string name) => Names.Contains(name)
        ? new ImageFolder(this, name)
        : throw new TargetStartException($"container:{name}: {Path} has no image '{name}', expected one of: {string.Join(", ", Names)}");

    private static DockerFolder? IsOne(string path) =>
        File.Exists(System.IO.Path.Combine(path, "accounts.yaml")) ? new DockerFolder(path) : null;
}
