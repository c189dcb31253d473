using RexecConformance.Accounts;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Tests.Captures.Importing;

/// <summary>An import in a folder of its own, read back as a run reads it.</summary>
internal sealed class ImportedFolder : IDisposable
{
    public static string Scenarios { get; } = Path.Combine(CaptureFiles.Repository, "scenarios");

    private static readonly Lazy<IReadOnlyDictionary<string, Dialect>> s_dialects = new(() => Load(Scenarios, lender: null).Tree.Dialects);

    private readonly string _parent = Directory.CreateTempSubdirectory("rexec-import-").FullName;

    public ImportedFolder(CaptureContents contents, ImportOptions? options = null, string fileName = "made.pcap", CaptureManifest? manifest = null)
    {
        Result = CaptureImport.Of(contents.Conversations, new CaptureOrigin(fileName, new string('0', 64), manifest), options ?? new ImportOptions(), Dialects);
        ImportFolder.Write(Folder, Result.Files, force: false);
        (Tree, Problems) = Load(Folder, Scenarios);
    }

    public static IReadOnlyDictionary<string, Dialect> Dialects => s_dialects.Value;

    public string Folder => Path.Combine(_parent, "made");

    public ImportResult Result { get; }

    public ScenarioTree Tree { get; }

    public IReadOnlyList<Problem> Problems { get; }

    public static (ScenarioTree Tree, IReadOnlyList<Problem> Problems) Load(string folder, string? lender) =>
        ScenarioTree.Load(folder, AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet(), lender);

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
