using System.Security.Cryptography;
using RexecConformance.Authoring;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Scenarios;

namespace RexecConformance.Tests.Captures.Importing;

/// <summary>Each folder of <c>pcaps/</c> is what its manifest says, and its scenarios are what an import makes of its capture.</summary>
[Trait("needs", "nothing")]
public sealed class CommittedScenarioTests
{
    public static TheoryData<string> Slugs => CommittedCaptureTests.Slugs;

    [Theory]
    [MemberData(nameof(Slugs))]
    public void ScenariosAreThoseOfAFreshImport(string slug)
    {
        string folder = Path.Combine(CaptureFiles.Repository, "pcaps", slug);
        CaptureManifest manifest = CaptureManifest.Load(Path.Combine(folder, "capture.yaml"));
        (CaptureContents contents, CaptureOrigin origin) = CaptureInput.Read(Path.Combine(folder, manifest.File), null);
        ImportResult fresh = CaptureImport.Of(
            contents.Conversations,
            origin,
            new ImportOptions { Account = "good", Name = "captured-" + slug, Conversations = manifest.Conversations },
            ImportedFolder.Dialects);
        Assert.Empty(fresh.Left);
        string[] expected = [.. fresh.Files.Keys.Concat([manifest.File, "capture.yaml"]).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));
        foreach ((string name, string text) in SchemaLine.Add(folder, fresh.Files))
        {
            Assert.Equal(text, File.ReadAllText(Path.Combine(folder, name)));
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void ManifestSaysWhatIsThere(string slug)
    {
        string folder = Path.Combine(CaptureFiles.Repository, "pcaps", slug);
        CaptureManifest manifest = CaptureManifest.Load(Path.Combine(folder, "capture.yaml"));
        Assert.Equal(slug, Path.GetFileNameWithoutExtension(manifest.File));
        Assert.Equal(manifest.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, manifest.File)))));
        Assert.Contains(manifest.Dialect!, ImportedFolder.Dialects.Keys);
        CaptureContents contents = CaptureContents.Read(Path.Combine(folder, manifest.File));
        Assert.Equal(manifest.Packets, contents.Counts.Total);
        Assert.Equal(manifest.Recorded, DateTime.UnixEpoch.AddTicks(contents.Conversations[0].Primary.Start.Nanoseconds / 100).ToString("yyyy-MM-dd"));
    }

    [Fact]
    public void TheyArePartOfTheTree()
    {
        (ScenarioTree tree, _) = ImportedFolder.Load(ImportedFolder.Scenarios, lender: null);
        string[] captured = [.. tree.Scenarios.Where(scenario => scenario.Captured is not null).Select(scenario => scenario.Id)];
        Assert.All(captured, id => Assert.StartsWith("captured-", id));
        Assert.All(Directory.EnumerateDirectories(Path.Combine(CaptureFiles.Repository, "pcaps")), folder => Assert.Contains(captured, id => id.StartsWith("captured-" + Path.GetFileName(folder), StringComparison.Ordinal)));
    }
}
