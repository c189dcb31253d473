namespace RexecConformance.Cli.Commands;

/// <summary>How a verb ends that can't do what was asked.</summary>
internal static class Said
{
    /// <summary>One line on standard error; returns the exit code.</summary>
    public static int Line(string line, int exitCode)
    {
        Console.Error.WriteLine("rexec-conformance: " + line);
        return exitCode;
    }

    /// <summary>Why a file can't be read, in words of our own where the runtime's have the whole path in them.</summary>
    /// <param name="e">What the runtime, or a reader of ours, said.</param>
    /// <param name="path">The path as it was given.</param>
    public static string WhyNotRead(Exception e, string path) => e switch
    {
        _ when Directory.Exists(path) => "is a directory, expected a capture",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ => Common(e),
    };

    /// <summary>Why a file or a folder can't be written.</summary>
    /// <param name="e">What the runtime, or a writer of ours, said.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="folder">Whether a folder is right.</param>
    public static string WhyNotWritten(Exception e, string path, bool folder) => e switch
    {
        _ when !folder && Directory.Exists(path) => "is a directory, expected a file",
        IOException when !folder && File.Exists(path) => "is there already, expected the name of a new file",
        FileNotFoundException or DirectoryNotFoundException => "can't be made: there is no such folder, or it takes no files",
        _ => Common(e),
    };

    // The runtime quotes the path; writers of ours quote nothing.
    private static string Common(Exception e) => e switch
    {
        UnauthorizedAccessException => "no permission",
        PathTooLongException => "the name is too long",
        IOException when e.Message.Contains("already exists", StringComparison.Ordinal) => "a part of the path is a file, expected a folder",
        IOException when e.Message.IndexOf('\'') is > 0 and var quote => e.Message[..quote].TrimEnd(' ', ':', '.'),
        _ => e.Message,
    };
}
