using RexecConformance.Cli.Tests.Documentation.Pages;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>The reader of pages, and the judge of what is shown: both can say no.</summary>
public sealed class PageTest
{
    [Fact]
    public void Commands_are_found_in_both_kinds_of_blocks_and_in_text()
    {
        Page page = Page.Parse("a.md", """
            Text with `rexec-conformance explain success` and `rexec-conformance explain ID`.

                rexec-conformance validate
                rexecd --listen 127.0.0.1:5120 \
                  --dialect debian

            ```sh
            # a comment
            mkdir here
            ```

            ```yaml
            rexec-conformance run
            ```
            """);
        Assert.Empty(page.Faults);
        Assert.Equal(
            [(1, "rexec-conformance explain success"), (3, "rexec-conformance validate"), (4, "rexecd --listen 127.0.0.1:5120 --dialect debian"), (9, "mkdir here")],
            page.Commands.Select(command => (command.Line, command.Text)));
        Assert.Equal("rexec-conformance explain ID", Assert.Single(page.Mentioned).Text);
    }

    [Fact]
    public void What_a_page_shows_belongs_to_the_last_command_before_it()
    {
        Page page = Page.Parse("a.md", "<!-- exit: 1 -->\n\n    rexecd --help\n    rexecd --version\n\n```text\nshown\n```\n");
        Assert.Equal([null, "shown"], page.Commands.Select(command => command.Shown?.Lines[0]));
        Assert.Equal("1", page.Commands[1].Block.One(PageNote.Exit));
    }

    [Theory]
    [InlineData("<!-- exit: 1 -->\n\nText.\n", "is followed by no block")]
    [InlineData("<!-- exit: none -->\n\n    rexecd --help\n", "is no exit code")]
    [InlineData("<!-- needs: a friend -->\n\n    rexecd --help\n", "is nothing that a command can need")]
    [InlineData("<!-- not run: it is late -->\n\n    rexecd --help\n", "is no reason")]
    [InlineData("<!-- shortened: a -->\n\n    rexecd --help\n", "is no change")]
    [InlineData("<!-- shortened: --all -> --one -->\n\n    rexecd --help\n", "no command of the block has '--all'")]
    [InlineData("    rexecd --help\n    something else\n", "stands between commands")]
    [InlineData("<!-- shows: a -->\n\n    no command\n", "stands before a block without a command")]
    public void A_page_that_says_nonsense_to_its_test_is_red(string text, string fault) =>
        Assert.Contains(fault, Assert.Single(Page.Parse("a.md", text).Faults));

    [Theory]
    [InlineData("one\n...\nthree", true)]
    [InlineData("two\nthree", true)]
    [InlineData("took 7.7 s", true)]
    [InlineData("a long ...", true)]
    [InlineData("one\nthree", false)]
    [InlineData("three\n...\none", false)]
    [InlineData("took 1.5 m", false)]
    public void What_is_shown_is_looked_for_in_order(string shown, bool comes) =>
        Assert.Equal(comes, ShownText.Missing(shown.Split('\n'), "one\ntwo\nthree\ntook 1.5 s\na long line\n") is null);

    [Theory]
    [InlineData("A=1 rexecd --dialect 'a b' >file # comment", "rexecd|--dialect|a b")]
    [InlineData("rexec-conformance new x --send \"a\\0b\" --set A=b", "rexec-conformance|new|x|--send|a\\0b|--set|A=b")]
    public void Words_are_split_as_a_shell_does(string command, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(command)));

    [Fact]
    public async Task A_command_that_does_something_else_is_told()
    {
        Page page = Page.Parse("a.md", """
            <!-- file: made.txt -->

            ```text
            hello
            ```

            <!-- shows: hello -->
            <!-- makes: other.txt -->

            ```sh
            cat made.txt
            ```

            <!-- exit: 1 -->

            ```sh
            cat none.txt
            cat made.txt
            ```

            ```sh
            cat made.txt
            ```

            ```text
            hello, world
            ```
            """);
        await using var run = new PageRun(page);
        IReadOnlyList<PageOutcome> outcomes = await run.RunAsync();
        Assert.Collection(
            outcomes,
            one => Assert.StartsWith("it does not make: other.txt", one.Fault),
            one => Assert.StartsWith("exit code 1, expected 0", one.Fault),
            one => Assert.StartsWith("exit code 0, expected 1", one.Fault),
            one => Assert.StartsWith("the page shows what does not come:\nhello, world", one.Fault));
    }
}
