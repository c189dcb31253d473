namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>
/// What a page says to its test of the block that follows: an HTML comment on a line of its own, <c>NAME: VALUE</c>.
/// </summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Value">The rest.</param>
internal sealed record PageNote(int Line, string Name, string Value)
{
    /// <summary>The exit code of the block's last command; 0 without it.</summary>
    public const string Exit = "exit";

    /// <summary>A text that the block's commands print, on either stream. May be repeated.</summary>
    public const string Shows = "shows";

    /// <summary>A text that they must not print. May be repeated.</summary>
    public const string ShowsNot = "shows not";

    /// <summary>A file or folder that is there, and not empty, after the block. May be repeated.</summary>
    public const string Makes = "makes";

    /// <summary>The block is no command: it is the content of the file of this name.</summary>
    public const string File = "file";

    /// <summary><c>OLD -> NEW</c>: the test puts NEW in the place of OLD, so that a long command is a short one. May be repeated.</summary>
    public const string Shortened = "shortened";

    /// <summary>What the commands need: one of <see cref="PageNeeds"/>.</summary>
    public const string Needs = "needs";

    /// <summary>Why the commands are only parsed: one of <see cref="Reasons"/>.</summary>
    public const string NotRun = "not run";

    /// <summary>The commands serve until the page's end. They run once one prints that it is ready.</summary>
    public const string Server = "server";

    public static IReadOnlyList<string> Names { get; } = [Exit, Shows, ShowsNot, Makes, File, Shortened, Needs, NotRun, Server];

    /// <summary>What may stand behind <see cref="NotRun"/>: a reason, and then anything behind a colon.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
    [
        "a server of your own", "a file of your own", "names of your own", "it changes this machine", CiRuns, TestRuns,
    ];

    /// <summary>The script of all checks has it, or one of the same verb; this is looked up.</summary>
    public const string CiRuns = ".ci/run runs it";

    /// <summary>A test has it: its class stands behind a colon, and is looked up.</summary>
    public const string TestRuns = "a test runs it";

    /// <summary>Reads one from a line of Markdown; null if the line is none, or a comment of another kind.</summary>
    public static PageNote? Read(int line, string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith("<!--", StringComparison.Ordinal) || !trimmed.EndsWith("-->", StringComparison.Ordinal))
        {
            return null;
        }

        string inside = trimmed[4..^3].Trim();
        int colon = inside.IndexOf(':', StringComparison.Ordinal);
        (string name, string value) = colon < 0 ? (inside, "") : (inside[..colon].Trim(), inside[(colon + 1)..].Trim());
        return Names.Contains(name) ? new PageNote(line, name, value) : null;
    }
}
