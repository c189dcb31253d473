using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace RexecConformance.Packaging.Tests;

/// <summary>What is in the packages, and what is not.</summary>
[Collection(nameof(Packed))]
public class PackageTests(PackedSuite suite)
{
    private static readonly string[] s_packages = ["RexecConformance", "RexecConformance.Xunit", "rexec-conformance", "rexecd"];

    [Fact]
    public void Solution_gives_these_packages_and_no_other()
    {
        string[] ids = [.. suite.Names.Select(name => name.Split(".0.1.0.nupkg")[0])];
        Assert.Equal(s_packages.Order(), ids.Where(id => !IsForPlatform(id)).Order());

        // Beside the small package of a command there is one for any platform, or the small one is all there is.
        Assert.All(ids.Where(IsForPlatform), id => Assert.StartsWith("rexec", id, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_says_what_it_is_and_under_which_licence()
    {
        foreach (string name in suite.Names)
        {
            using ZipArchive package = Open(name);
            XElement metadata = Metadata(package);
            Assert.Equal("MIT", Text(metadata, "license"));
            Assert.Equal("0.1.0", Text(metadata, "version"));
            Assert.Contains("rexec", Text(metadata, "description"), StringComparison.Ordinal);
            Assert.Contains("rexec", Text(metadata, "tags").Split(' '));
            Assert.Equal("README.md", Text(metadata, "readme"));
            Assert.NotNull(package.GetEntry("README.md"));
        }
    }

    [Fact]
    public void No_file_names_a_folder_of_the_machine_that_built_it()
    {
        byte[][] traces = [.. new[] { Repository.Folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar, suite.Feed }
            .SelectMany(path => new[] { Encoding.UTF8.GetBytes(path), Encoding.Unicode.GetBytes(path) })];
        var found = new List<string>();
        foreach (string name in suite.Names)
        {
            using ZipArchive package = Open(name);
            foreach (ZipArchiveEntry entry in package.Entries)
            {
                using Stream stream = entry.Open();
                using var memory = new MemoryStream();
                stream.CopyTo(memory);
                byte[] bytes = memory.ToArray();
                if (traces.Any(trace => bytes.AsSpan().IndexOf(trace) >= 0))
                {
                    found.Add($"{name}: {entry.FullName}");
                }
            }
        }

        Assert.Empty(found);
    }

    [Fact]
    public void Library_brings_its_scenarios_and_needs_no_test_framework()
    {
        using ZipArchive package = Open("RexecConformance.0.1.0.nupkg");
        int cases = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "scenarios", "cases"), "*.yaml", SearchOption.AllDirectories).Count();
        Assert.Equal(cases, package.Entries.Count(entry => entry.FullName.StartsWith("data/scenarios/cases/", StringComparison.Ordinal)));
        Assert.NotNull(package.GetEntry("data/scenarios/requirements.yaml"));
        Assert.NotNull(package.GetEntry("buildTransitive/RexecConformance.targets"));
        Assert.NotNull(package.GetEntry("lib/net10.0/RexecConformance.xml"));
        Assert.Equal(["YamlDotNet"], Dependencies(package));
    }

    [Fact]
    public void Data_source_depends_on_the_library_and_on_xunit()
    {
        using ZipArchive package = Open("RexecConformance.Xunit.0.1.0.nupkg");
        Assert.Equal(["RexecConformance", "xunit.extensibility.execution"], Dependencies(package));
    }

    [Fact]
    public void Command_brings_all_that_its_verbs_read()
    {
        string name = suite.Names.Single(name => name is "rexec-conformance.any.0.1.0.nupkg"
            || (name == "rexec-conformance.0.1.0.nupkg" && !suite.Names.Contains("rexec-conformance.any.0.1.0.nupkg")));
        using ZipArchive package = Open(name);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        foreach (string end in new[]
        {
            "/scenarios/requirements.yaml", "/baselines/inetutils.jsonl", "/pcaps/glibc-aux-out-err/commands.yaml", "/docker/accounts.yaml",
            "/docker/inetutils/Dockerfile", "/rexecd.dll", "/rexecd.runtimeconfig.json", "/rexec-conformance.dll",
        })
        {
            Assert.Contains(files, file => file.EndsWith(end, StringComparison.Ordinal));
        }

        Assert.Empty(Dependencies(package));
    }

    private static bool IsForPlatform(string id) => id.StartsWith("rexec", StringComparison.Ordinal) && id.Contains('.', StringComparison.Ordinal);

    private ZipArchive Open(string name) => ZipFile.OpenRead(Path.Combine(suite.Feed, name));

    private static XElement Metadata(ZipArchive package)
    {
        using Stream stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string Text(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static string[] Dependencies(ZipArchive package) =>
        [.. Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal)];
}
