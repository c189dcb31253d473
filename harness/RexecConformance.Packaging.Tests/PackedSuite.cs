namespace RexecConformance.Packaging.Tests;

/// <summary>All packages of the solution, packed once into a folder of their own.</summary>
public sealed class PackedSuite : IAsyncLifetime
{
    private readonly Dictionary<string, Task<InstalledTool>> _installed = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rexec-packages-");

    /// <summary>The folder, which is a feed.</summary>
    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>The files' names.</summary>
    public IReadOnlyList<string> Names => [.. Directory.GetFiles(Feed).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>A folder of its own for a test.</summary>
    public string Fresh(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>A command, installed once.</summary>
    internal Task<InstalledTool> InstalledAsync(string id)
    {
        lock (_installed)
        {
            if (!_installed.TryGetValue(id, out Task<InstalledTool>? installed))
            {
                installed = InstalledTool.InstallAsync(this, id);
                _installed.Add(id, installed);
            }

            return installed;
        }
    }

    public async Task InitializeAsync()
    {
        CommandResult packed = await Command.RunAsync(
            Repository.Folder, new Dictionary<string, string?>(), Command.Dotnet, "pack", "RexecConformance.sln", "-c", "Release", "-o", Feed, "-nologo", "-v", "quiet");
        Assert.True(packed.ExitCode == 0, packed.All);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>All tests that need the packages, one after the other: what they measure is time.</summary>
[CollectionDefinition(nameof(Packed))]
public sealed class Packed : ICollectionFixture<PackedSuite>;
