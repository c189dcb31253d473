using RexecConformance.Containers.Images;
using RexecConformance.Inetd;
using RexecConformance.Targets;

namespace RexecConformance.Containers.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly ImageFolder _image;

    public ImageFolderTests()
    {
        File.Copy(DockerFolder.Find().AccountsFile, Path.Combine(_root.FullName, "accounts.yaml"));
        _ = _root.CreateSubdirectory("common");
        _ = _root.CreateSubdirectory("one");
        Write("one/Dockerfile", "FROM scratch\n");
        Write("one/target.yaml", "format: 1\ndialect: bsd44\nport: 512\n");
        _image = new DockerFolder(_root.FullName).Image("one");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void EveryImageOfTheSuiteIsDescribed()
    {
        DockerFolder docker = DockerFolder.Find();
        Assert.Equal(["debian-openbsd-inetd", "debian-xinetd", "inetutils", "inetutils-pam", "reference", "reference-inetutils-inetd", "reference-openbsd-inetd", "reference-xinetd"], docker.Names);
        Assert.All(docker.Names, name => Assert.Equal(512, ImageDescription.Read(docker.Image(name)).Port));
    }

    [Fact]
    public void TheTagChangesWithWhateverGoesIntoTheImage()
    {
        string before = _image.Tag([]);
        Assert.StartsWith("rexec-conformance/one:", before);
        Assert.Equal(before, _image.Tag([]));

        Write("one/target.yaml", "format: 1\ndialect: debian\nport: 512\n");
        Assert.Equal(before, _image.Tag([])); // not part of the image

        Write("common/script", "x");
        string after = _image.Tag([]);
        Assert.NotEqual(before, after);
        Write("common/script", "y");
        Assert.NotEqual(after, _image.Tag([]));
        Assert.NotEqual(_image.Tag([]), _image.Tag([Path.Combine(_root.FullName, "one", "Dockerfile")]));
    }

    [Fact]
    public void TheContextHasAccountsAndWhatImagesShare()
    {
        Write("common/script", "x");
        Assert.Equal(["Dockerfile", "accounts.yaml", "common/script"], _image.ContextFiles().Keys);
    }

    [Fact]
    public void AnUnknownImageIsAnsweredWithTheKnownOnes()
    {
        TargetStartException e = Assert.Throws<TargetStartException>(() => _image.Root.Image("two"));
        Assert.EndsWith("expected one of: one", e.Message);
    }

    [Theory]
    [InlineData("format: 1\ndialect: bsd44\n", "port")]
    [InlineData("format: 1\ndialect: bsd44\nport: 512\nprot: 1\n", "prot")]
    [InlineData("format: 1\ndialect: bsd44\nport: 512\nready: { account: nobody }\n", "nobody")]
    [InlineData("format: 1\ndialect: bsd44\nport: 512\npublish: { project: x, sources: [nowhere] }\n", "nowhere")]
    public void AMistakeInADescriptionIsNamedWithItsPlace(string text, string named)
    {
        Write("one/target.yaml", text);
        TargetSpecException e = Assert.Throws<TargetSpecException>(() => ImageDescription.Read(_image));
        Assert.Contains(named, e.Message);
        Assert.Contains("target.yaml:", e.Message);
    }

    private void Write(string place, string text) => File.WriteAllText(Path.Combine(_root.FullName, place), text);
}
