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
}
