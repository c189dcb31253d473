using System.Security.Cryptography;
using System.Text;

namespace RexecConformance.Containers.Images;

/// <summary>One image's folder, <c>docker/NAME/</c>.</summary>
/// <param name="Root">The folder <c>docker/</c>.</param>
/// <param name="Name">The image's name.</param>
public sealed record ImageFolder(DockerFolder Root, string Name)
{
    // Not copied into the image: it describes it.
    private const string Description = "target.yaml";
    private const string Deviations = "deviations.yaml";
    private const int TagLength = 12;

    /// <summary>The image's folder.</summary>
    public string Path => System.IO.Path.Combine(Root.Path, Name);

    /// <summary>What the harness knows of it.</summary>
    public string DescriptionFile => System.IO.Path.Combine(Path, Description);

    /// <summary>Known deviations of its server; the file need not be there.</summary>
    public string DeviationsFile => System.IO.Path.Combine(Path, Deviations);

    /// <summary>
    /// The files of the build context, by their place in it: the folder's own, what images share (<c>common/</c>), and
    /// the accounts.
    /// </summary>
    public IReadOnlyDictionary<string, string> ContextFiles()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["accounts.yaml"] = Root.AccountsFile };
        Add(Path, "");
        Add(System.IO.Path.Combine(Root.Path, "common"), "common/");
        _ = files.Remove(Description);
        _ = files.Remove(Deviations);
        return files;

        void Add(string folder, string prefix)
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                files[prefix + System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')] = file;
            }
        }
    }

    /// <summary>
    /// The image's name with a tag made from everything that goes into it: an image that is there is the right one, and
    /// a change of any file makes another.
    /// </summary>
    /// <param name="sources">Files that are compiled into it, besides the context.</param>
    public string Tag(IEnumerable<string> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string place, string file) in ContextFiles())
        {
            Append(place, file);
        }

        foreach (string file in sources.Order(StringComparer.Ordinal))
        {
            Append(System.IO.Path.GetFileName(file), file);
        }

        return $"rexec-conformance/{Name}:{Convert.ToHexStringLower(hash.GetHashAndReset())[..TagLength]}";

        void Append(string place, string file)
        {
            byte[] content = File.ReadAllBytes(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{place}\0{content.Length}\0"));
            hash.AppendData(content);
        }
    }
}
