namespace Rexecd;

/// <summary>A dialect or accounts file, or a name on the command line, that cannot be used. The message is one line.</summary>
/// <param name="message">One line; for a file it begins with FILE:LINE:COLUMN.</param>
public sealed class FileFormatException(string message) : Exception(message.ReplaceLineEndings(" "))
{
    internal static FileFormatException At(string file, YamlDotNet.Core.Mark mark, string message) =>
        new($"{file}:{mark.Line}:{mark.Column}: {message}");
}
