using RexecConformance.Yaml;

namespace RexecConformance.Captures;

/// <summary>Where a committed capture comes from: <c>capture.yaml</c> beside it.</summary>
public sealed class CaptureManifest
{
    /// <summary>Format of the manifest: 1.</summary>
    public required int Format { get; init; }

    /// <summary>Name of the capture file in the same folder.</summary>
    public required string File { get; init; }

    /// <summary>What it shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>Server, with version.</summary>
    public required string Daemon { get; init; }

    /// <summary>Client, with version.</summary>
    public required string Client { get; init; }

    /// <summary>Day of the recording, <c>YYYY-MM-DD</c> UTC.</summary>
    public required string Recorded { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string By { get; init; }

    /// <summary>Under which licence, or by whose permission, it may be here.</summary>
    public required string Licence { get; init; }

    /// <summary>Of the file, in lower case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Packets in the file.</summary>
    public required int Packets { get; init; }

    /// <summary>What was taken out or changed after recording; "nothing" where nothing was.</summary>
    public required string Removed { get; init; }

    /// <summary>Anything else that a reader should know.</summary>
    public string? Notes { get; init; }

    /// <summary>The dialect of the captured server, where it is known; null where only its answers tell.</summary>
    public string? Dialect { get; init; }

    /// <summary>The conversations that are imported as scenarios; none is all.</summary>
    public IReadOnlyList<int> Conversations { get; init; } = [];

    /// <summary>Reads a manifest. Unknown and missing keys are errors.</summary>
    /// <exception cref="InvalidDataException">With file, line and column of each mistake, a line each.</exception>
    public static CaptureManifest Load(string path)
    {
        var problems = new List<Problem>();
        CaptureManifest? manifest = SourceFile.Read(path, problems).RootMapping("a capture manifest") is { } map ? Read(map) : null;
        return manifest is not null && problems.Count == 0
            ? manifest
            : throw new InvalidDataException(string.Join(Environment.NewLine, problems));
    }

    private static CaptureManifest Read(MappingReader map)
    {
        map.RequireFormatOne();
        var manifest = new CaptureManifest
        {
            Format = 1,
            File = map.RequireText("file"),
            Title = map.RequireText("title"),
            Daemon = map.RequireText("daemon"),
            Client = map.RequireText("client"),
            Recorded = map.RequireText("recorded"),
            By = map.RequireText("by"),
            Licence = map.RequireText("licence"),
            Sha256 = map.RequireText("sha256"),
            Packets = map.RequireNumber("packets"),
            Removed = map.RequireText("removed"),
            Notes = map.OptionalText("notes"),
            Dialect = map.OptionalText("dialect"),
            Conversations = [.. map.Texts("conversations").Select(text => int.TryParse(text, out int number) ? number : 0)],
        };
        map.Finish();
        return manifest;
    }
}
