using RexecConformance.Reports;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>How a verb ends that can't do what was asked.</summary>
internal static class Said
{
    /// <summary>One line on standard error; returns the exit code.</summary>
    public static int Line(string line, int exitCode)
    {
        Console.Error.WriteLine(PlainText.OneLine("rexec-conformance: " + line));
        return exitCode;
    }

    /// <summary>What is wrong with what was asked for: one line, or the mistakes of a target's file as <c>validate</c> shows them.</summary>
    public static int Wrong(Exception e)
    {
        if (e is not TargetSpecException { Problems: { Count: > 0 } problems } || problems is [{ Placed: false }])
        {
            return Line(e.Message, ExitCodes.Usage);
        }

        ScenarioFolder.Report(problems);
        return ExitCodes.Usage;
    }

    /// <summary>Why a file can't be read, in words of our own where the runtime's have the whole path in them.</summary>
    /// <param name="e">What the runtime, or a reader of ours, said.</param>
    /// <param name="path">The path as it was given.</param>
    public static string WhyNotRead(Exception e, string path) => e switch
    {
        _ when Directory.Exists(path) => "is a directory, expected a capture",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ => WriteFailure.Why(e),
    };
}
