namespace RexecConformance.Reports.Results;

/// <summary>Writes results in one format.</summary>
public interface IRunRenderer
{
    /// <summary>Writes all of it.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="run">The results.</param>
    /// <param name="context">What depends on where the report will lie.</param>
    void Write(Stream output, ReportedRun run, RenderContext context);
}

/// <summary>What of a report depends on where it lies.</summary>
/// <param name="Folder">Its folder, a full path: links are relative to it.</param>
public sealed record RenderContext(string Folder)
{
    /// <summary>Of a report at a path; <c>-</c> is standard output, whose links are relative to the working folder.</summary>
    public static RenderContext For(string path) =>
        new(path == "-" ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(path)) ?? Directory.GetCurrentDirectory());

    /// <summary>The path of another file as seen from the report, with <c>/</c> between its parts.</summary>
    public string Relative(string path) => Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
