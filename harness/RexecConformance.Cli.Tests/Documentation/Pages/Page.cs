using System.Text.RegularExpressions;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation.Pages;

/// <summary>A page of the documentation: its blocks of code, and the commands in them and in its text.</summary>
internal sealed partial class Page
{
    private static readonly string[] s_shell = ["sh", "bash", "console"];
    private static readonly string[] s_harmless = ["explain", "list", "validate", "dialects", "report", "--help", "--version"];

    private readonly List<PageBlock> _blocks = [];
    private readonly List<PageCommand> _commands = [];
    private readonly List<PageCommand> _mentioned = [];
    private readonly List<string> _faults = [];
    private readonly List<(int Line, string Text)> _prose = [];

    private Page(string name, IReadOnlyList<string> lines)
    {
        Name = name;
        Lines = lines;
        ReadBlocks();
        for (int i = 0; i < _blocks.Count; i++)
        {
            AddCommands(_blocks[i], i + 1 < _blocks.Count && Follows(_blocks[i], _blocks[i + 1]) ? _blocks[i + 1] : null);
        }

        AddMentioned();
        _commands.Sort((a, b) => a.Line.CompareTo(b.Line));
    }

    /// <summary>Its path below the repository, with slashes.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<PageBlock> Blocks => _blocks;

    /// <summary>What it tells its reader to do, in its order: all commands of its blocks, and those of its text that only look at something.</summary>
    public IReadOnlyList<PageCommand> Commands => _commands;

    /// <summary>The commands in running text that name no real thing (<c>explain ID</c>), or would change something.</summary>
    public IReadOnlyList<PageCommand> Mentioned => _mentioned;

    /// <summary>What is wrong with its directives and blocks, a line each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The lines outside of blocks of code.</summary>
    public IReadOnlyList<(int Line, string Text)> Prose => _prose;

    [GeneratedRegex("`((?:rexec-conformance|rexecd) [^`]+)`")]
    private static partial Regex InText { get; }

    // 'FILE', 'ID', 'a|b', '...': it stands for something.
    [GeneratedRegex(@"(?:^|[ /=:])[A-Z][A-Z-]+\b|\||\.\.\.")]
    private static partial Regex Placeholder { get; }

    /// <summary>All pages that a reader may open: README, CONTRIBUTING, docs, and those of the examples.</summary>
    public static IReadOnlyList<string> Names()
    {
        IEnumerable<string> Below(string folder) => Directory.Exists(Path.Combine(Repository.Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
                .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : [];
        return ["README.md", "CONTRIBUTING.md", .. Below("docs"), .. Below("examples")];
    }

    /// <summary>Reads a page of the repository.</summary>
    public static Page Read(string name) => Parse(name, File.ReadAllText(Path.Combine(Repository.Root, name)));

    /// <summary>Reads a text.</summary>
    public static Page Parse(string name, string text) => new(name, text.ReplaceLineEndings("\n").Split('\n'));

    private void ReadBlocks()
    {
        var pending = new List<PageNote>();
        for (int at = 0; at < Lines.Count; at++)
        {
            string line = Lines[at];
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                int indent = line.Length - line.TrimStart().Length;
                string language = line.Trim().Trim('`').Trim();
                var inside = new List<string>();
                int first = at + 2;
                for (at++; at < Lines.Count && !Lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal); at++)
                {
                    inside.Add(Lines[at].Length >= indent ? Lines[at][indent..] : Lines[at].TrimStart());
                }

                Add(first, language, inside, pending);
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal) && (at == 0 || Lines[at - 1].Length == 0))
            {
                var inside = new List<string>();
                int first = at + 1;
                for (; at < Lines.Count && (Lines[at].Length == 0 || Lines[at].StartsWith("    ", StringComparison.Ordinal)); at++)
                {
                    inside.Add(Lines[at].Length == 0 ? "" : Lines[at][4..]);
                }

                at--;
                while (inside.Count > 0 && inside[^1].Length == 0)
                {
                    inside.RemoveAt(inside.Count - 1);
                }

                Add(first, "", inside, pending);
            }
            else if (PageNote.Read(at + 1, line) is { } directive)
            {
                pending.Add(directive);
            }
            else
            {
                _prose.Add((at + 1, line));
                if (line.Length > 0)
                {
                    _faults.AddRange(pending.Select(stray => $"{Name}:{stray.Line}: '{stray.Name}' is followed by no block of code"));
                    pending.Clear();
                }
            }
        }

        _faults.AddRange(pending.Select(stray => $"{Name}:{stray.Line}: '{stray.Name}' is followed by no block of code"));
    }

    private void Add(int line, string language, List<string> inside, List<PageNote> pending)
    {
        _blocks.Add(new PageBlock(line, language, inside, [.. pending]));
        pending.Clear();
    }

    // Output is shown right behind its commands, as a text.
    private bool Follows(PageBlock block, PageBlock next) =>
        next.Language == "text" && Lines.Skip(block.Line - 1 + block.Lines.Count).Take(next.Line - block.Line - block.Lines.Count - 1)
            .All(line => line.Trim() is "" or "```" || line.StartsWith("<!--", StringComparison.Ordinal));

    private void AddCommands(PageBlock block, PageBlock? shown)
    {
        bool isShell = s_shell.Contains(block.Language);
        if (block.One(PageNote.File) is not null || (!isShell && (block.Language.Length > 0 || !block.Lines.Any(PageCommand.IsProgram))))
        {
            _faults.AddRange(block.Directives.Where(directive => directive.Name != PageNote.File)
                .Select(directive => $"{Name}:{directive.Line}: '{directive.Name}' stands before a block without a command"));
            return;
        }

        var found = new List<(int Line, string Text)>();
        for (int at = 0; at < block.Lines.Count; at++)
        {
            int first = at;
            string text = block.Lines[at].Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            while (text.EndsWith('\\') && at + 1 < block.Lines.Count)
            {
                text = text[..^1].TrimEnd() + " " + block.Lines[++at].Trim();
            }

            if (!isShell && !PageCommand.IsProgram(text) && !PageCommand.IsHelper(text))
            {
                _faults.Add($"{Name}:{block.Line + first}: '{text}' stands between commands and is none that the test knows");
            }

            found.Add((block.Line + first, text));
        }

        for (int i = 0; i < found.Count; i++)
        {
            bool last = i == found.Count - 1;
            _commands.Add(new PageCommand(found[i].Line, found[i].Text, block, last, last ? shown : null));
        }

        CheckDirectives(block, found.ConvertAll(one => one.Text));
    }

    private void CheckDirectives(PageBlock block, List<string> texts)
    {
        foreach (PageNote directive in block.Directives)
        {
            string? fault = directive.Name switch
            {
                PageNote.NotRun when !PageNote.Reasons.Any(reason => directive.Value == reason || directive.Value.StartsWith(reason + ":", StringComparison.Ordinal)) =>
                    $"'{directive.Value}' is no reason, expected one of: {string.Join("; ", PageNote.Reasons)}",
                PageNote.Needs when !PageNeeds.Names.Contains(directive.Value) =>
                    $"'{directive.Value}' is nothing that a command can need, expected one of: {string.Join(", ", PageNeeds.Names)}",
                PageNote.Exit when !int.TryParse(directive.Value, out _) => $"'{directive.Value}' is no exit code",
                PageNote.Shortened when !directive.Value.Contains(" -> ", StringComparison.Ordinal) => $"'{directive.Value}' is no change, expected OLD -> NEW",
                PageNote.Shortened when !texts.Any(text => text.Contains(Change.Read(directive.Value).Old, StringComparison.Ordinal)) =>
                    $"no command of the block has '{Change.Read(directive.Value).Old}'",
                _ => null,
            };
            if (fault is not null)
            {
                _faults.Add($"{Name}:{directive.Line}: {fault}");
            }
        }
    }

    private void AddMentioned()
    {
        foreach ((int line, string text) in _prose)
        {
            foreach (Match match in InText.Matches(text))
            {
                string command = match.Groups[1].Value;
                var one = new PageCommand(line, command, new PageBlock(line, "", [command], []), true, null);
                bool runs = s_harmless.Contains(command.Split(' ')[1]) && !Placeholder.IsMatch(command);
                (runs ? _commands : _mentioned).Add(one);
            }
        }
    }
}
