using System.Text;

namespace RexecConformance.Reports.Results;

/// <summary>The lines of a result file. They are read once, from the beginning: the file may be a pipe.</summary>
public static class ResultLines
{
    /// <summary>The lines.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <returns>The lines; only when they are asked for is the file opened.</returns>
    public static IEnumerable<string> Of(string path)
    {
        using StreamReader reader = path == "-" ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : new StreamReader(path, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Why they can't be read.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="e">What the runtime said.</param>
    public static FormatException Failure(string path, Exception e)
    {
        string why = File.Exists(path) || Directory.Exists(path) ? WriteFailure.WhyNotNew(e, path) : "there is no such file";
        return new FormatException(PlainText.OneLine($"{path}: can't be read: {why}"), e);
    }
}
