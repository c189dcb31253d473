using System.Text.RegularExpressions;

namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>A command that a page tells its reader to give.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Text">The command, as a shell takes it.</param>
/// <param name="Block">The block that it stands in; of a command in running text a block of its own.</param>
/// <param name="IsLast">It is the last of its block, of which the block's directives about exit code and output speak.</param>
/// <param name="Shown">The output that the page shows behind the block, or null.</param>
internal sealed partial record PageCommand(int Line, string Text, PageBlock Block, bool IsLast, PageBlock? Shown)
{
    /// <summary>The programs of this project, and those that its pages look at results with.</summary>
    [GeneratedRegex(@"^(?:[A-Z_]+=\S* )*(?:(?:rexec-conformance|rexecd|dotnet|tshark|sysctl|docker|kubectl|source|diff)(?: |$)|(?:\.ci|examples|scripts)/\S)")]
    private static partial Regex Program { get; }

    /// <summary>What a page may say between its commands.</summary>
    [GeneratedRegex("^(?:export|cd|mkdir|cat|printf|rm|cp|ls|head|tail|grep|sed|editcap) ")]
    private static partial Regex Helper { get; }

    /// <summary>Whether a line of a block is a command of which the page's test must know.</summary>
    public static bool IsProgram(string line) => Program.IsMatch(line);

    /// <summary>Whether a line may stand beside a command.</summary>
    public static bool IsHelper(string line) => Helper.IsMatch(line);

    /// <summary>Why it is only parsed; null if it is run.</summary>
    public string? NotRun => Block.One(PageNote.NotRun);

    /// <summary>The command as the test runs it.</summary>
    public string Run() => Block.All(PageNote.Shortened).Select(Change.Read).Aggregate(Text, (text, change) => change.In(text));

    /// <summary>The words of the first command of the line, as a shell splits them; quotation marks are gone, redirections too.</summary>
    public IReadOnlyList<string> Words() => ShellWords.Split(Text);
}
