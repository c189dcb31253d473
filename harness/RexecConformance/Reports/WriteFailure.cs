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
        _ => e.Message,
    };
}
