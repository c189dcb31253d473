using System.Text;
using RexecConformance.Cli.Progress;

namespace RexecConformance.Cli;

/// <summary>Standard error that cannot be written: a full device, a closed descriptor. What is lost there ends nothing: exit codes and files say the same.</summary>
internal sealed class GuardedErrors(TextWriter errors) : TextWriter
{
    public override Encoding Encoding => errors.Encoding;

    public override void Write(char value) => Guard(() => errors.Write(value));

    public override void Write(string? value) => Guard(() => errors.Write(BuildLog.Harmless(value)));

    public override void Write(char[] buffer, int index, int count) => Guard(() => errors.Write(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        string? text = BuildLog.Harmless(buffer.ToString());
        Guard(() => errors.Write(text));
    }

    // A line in one piece: those of several conversations are not to be mixed, and one piece is one call of the system.
    public override void WriteLine(string? value)
    {
        LiveLine.Erase();
        Guard(() => errors.WriteLine(BuildLog.Harmless(value)));
    }

    public override void Flush() => Guard(errors.Flush);

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // There is nowhere left to say it.
        }
    }
}
