using System.CommandLine;

namespace RexecConformance.Cli.Completion;

/// <summary>The hidden verb that the shells' functions call at each Tab. It never fails: a shell would show the message in the line that is typed.</summary>
internal static class CompletionAnswer
{
    /// <summary>The verb's name.</summary>
    public const string Verb = "__complete";

    private const string Command = "rexec-conformance";

    /// <summary>Answers <c>bash BREAKS LINE</c> or <c>words WORD...</c>.</summary>
    /// <param name="root">The whole command.</param>
    /// <param name="arguments">What follows the verb's name.</param>
    /// <param name="output">
    /// For bash one line for each candidate, a blank behind those that are finished; for other shells <c>done</c> or <c>more</c>,
    /// tab, text, tab, what it is about.
    /// </param>
    public static int Write(RootCommand root, IReadOnlyList<string> arguments, TextWriter output)
    {
        switch (arguments)
        {
            case ["bash", var breaks, var text]:
                BashLine line = BashLine.Read(text);
                foreach (Candidate candidate in Completer.Complete(root, AfterCommand(line.Words)))
                {
                    output.WriteLine(line.Reply(candidate.Text, breaks) + (candidate.Finished && line.Quote == '\0' ? " " : ""));
                }

                return ExitCodes.Green;
            case ["words", ..]:
                foreach (Candidate candidate in Completer.Complete(root, [.. arguments.Skip(1)]))
                {
                    output.WriteLine($"{(candidate.Finished ? "done" : "more")}\t{candidate.Text}\t{candidate.About}");
                }

                return ExitCodes.Green;
            default:
                return ExitCodes.Usage;
        }
    }

    // Settings of variables may stand before the command's name.
    private static IReadOnlyList<string> AfterCommand(IReadOnlyList<string> words)
    {
        int at = words.TakeWhile(word => Path.GetFileName(word) != Command).Count();
        return [.. words.Skip(at < words.Count ? at + 1 : 1)];
    }
}
