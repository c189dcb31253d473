namespace RexecConformance.Reports;

/// <summary>Why a file or a folder can't be made or written, in words that say what to do.</summary>
public static class WriteFailure
{
    /// <summary>True for what writing to a path can throw.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>One clause, to follow "can't be written: ".</summary>
    public static string Why(Exception e) => e switch
    {
        UnauthorizedAccessException => "no permission",
        DirectoryNotFoundException => "a folder of its path is not there, or is a file",

        // What opens a file to make it finds none only where the system makes none: below /proc.
        FileNotFoundException => "the system makes no files there, name another folder",
        PathTooLongException => "the name is too long",
        ArgumentException => "this is no name of a file or a folder",
        IOException when e.Message.Contains("already exists", StringComparison.Ordinal) => "a part of the path is a file, expected a folder",

        // The runtime quotes the whole path at the end; writers of ours quote nothing.
        IOException when e.Message.IndexOf('\'') is > 0 and var quote => e.Message[..quote].TrimEnd(' ', ':', '.'),
        _ => e.Message,
    };

    /// <summary>The same, for a file that must be new.</summary>
    /// <param name="e">What the runtime, or a writer of ours, said.</param>
    /// <param name="path">The path as it was given.</param>
    public static string WhyNotNew(Exception e, string path) => e switch
    {
        _ when Directory.Exists(path) => "is a directory, expected a file",
        IOException when File.Exists(path) => "is there already, expected the name of a new file",
        _ => Why(e),
    };
}
