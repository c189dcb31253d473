using RexecConformance.Captures.Importing;

namespace RexecConformance.Tests.Captures.Importing;

[Trait("needs", "nothing")]
public sealed class ImportFolderTests : IDisposable
{
    private static readonly Dictionary<string, string> s_files = new() { ["cases/a.yaml"] = "a", ["accounts.yaml"] = "b" };
    private readonly string _parent = Directory.CreateTempSubdirectory("rexec-import-").FullName;

    [Fact]
    public void FolderThatHoldsSomethingIsLeftAlone()
    {
        string folder = Path.Combine(_parent, "full");
        _ = Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "mine"), "x");
        Assert.Contains("--force", Assert.Throws<IOException>(() => ImportFolder.Write(folder, s_files, force: false)).Message);
        Assert.Equal(["mine"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        ImportFolder.Write(folder, s_files, force: true);
        Assert.Equal(["accounts.yaml", "cases", "mine", "schema"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order());
        Assert.Equal([folder], Directory.EnumerateFileSystemEntries(_parent));
    }

    [Fact]
    public void NothingIsLeftOfAnImportThatFails()
    {
        string folder = Path.Combine(_parent, "new");
        var files = new Dictionary<string, string> { ["a"] = "x", ["a/b"] = "a file is no folder" };
        _ = Assert.ThrowsAny<IOException>(() => ImportFolder.Write(folder, files, force: false));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
