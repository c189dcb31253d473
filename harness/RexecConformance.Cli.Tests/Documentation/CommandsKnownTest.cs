using System.CommandLine;
using RexecConformance.Cli.Tests.Documentation.Pages;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>What the pages say to their test is right, and what is not run is at least a command of this program.</summary>
public sealed class CommandsKnownTest
{
    public static TheoryData<string> Names() => [.. Page.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_page_says_to_its_test_is_understood(string name) => Assert.Empty(Page.Read(name).Faults);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_command_is_one_that_the_program_takes(string name)
    {
        Page page = Page.Read(name);
        RootCommand root = Program.Root();
        Assert.Empty(page.Commands.Concat(page.Mentioned).Select(command => (command, words: command.Words()))
            .Where(one => one.words is ["rexec-conformance", ..])
            // A mention may be of a verb alone: 'rexec-conformance run' is no command without its targets.
            .Where(one => page.Commands.Contains(one.command) || one.words.Count > 2)
            .SelectMany(one => root.Parse([.. one.words.Skip(1)]).Errors.Select(error => $"{name}:{one.command.Line}: {one.command.Text}: {error.Message}")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_left_to_another_check_is_there(string name)
    {
        string script = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        Assert.Empty(Page.Read(name).Commands
            .Where(command => command.NotRun is { } reason && !IsElsewhere(reason, command, script))
            .Select(command => $"{name}:{command.Line}: {command.NotRun}: {command.Text}"));
    }

    [Fact]
    public void Pages_have_commands() => Assert.True(Page.Names().Sum(name => Page.Read(name).Commands.Count(command => command.NotRun is null)) > 40);

    private static bool IsElsewhere(string reason, PageCommand command, string script)
    {
        string[] parts = reason.Split(':', 2, StringSplitOptions.TrimEntries);
        return parts[0] switch
        {
            // The program and its verb; what differs is said behind the reason.
            PageNote.CiRuns => parts.Length == 1
                ? command.Words().All(word => script.Contains(word, StringComparison.Ordinal))
                : command.Words() is [_, string verb, ..] && script.Contains($" {verb} ", StringComparison.Ordinal),
            PageNote.TestRuns => parts.Length == 2 && Directory.EnumerateFiles(Path.Combine(Repository.Root, "harness"), parts[1] + ".cs", SearchOption.AllDirectories).Any(),
            _ => true,
        };
    }
}
