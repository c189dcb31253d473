using System.Text;
using RexecConformance.Cli.Progress;

namespace RexecConformance.Cli;

/// <summary>Standard output that cannot be written: a full device, a closed descriptor.</summary>
internal sealed class OutputLostException(Exception inner) : Exception($"standard output cannot be written: {inner.Message}", inner);

/// <summary>Standard output that tells its own failures from those of other files. A reader that has left early is none: .NET drops what it does not read.</summary>
internal sealed class GuardedOutput(TextWriter output) : TextWriter
{
    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => Guard(() => output.Write(value));

    public override void Write(string? value) => Guard(() => output.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => output.Write(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        string text = buffer.ToString();
        Guard(() => output.Write(text));
    }

    public override void Flush() => Guard(output.Flush);

    private static void Guard(Action write)
    {
        LiveLine.Erase();
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new OutputLostException(e);
        }
    }
}
