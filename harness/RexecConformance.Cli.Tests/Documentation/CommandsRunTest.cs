using RexecConformance.Cli.Tests.Documentation.Pages;
using RexecConformance.Cli.Tests.Support;
using Xunit.Abstractions;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>
/// Every command that README and docs tell their reader to give does what the page says. What a page says to this test of a block stands
/// in comments before it: <see cref="PageNote"/>; CONTRIBUTING.md has the list.
/// </summary>
[Trait("needs", "loopback")]
[Collection(AloneCollection.Name)]
public sealed class CommandsRunTest(PageRuns runs, ITestOutputHelper output) : IClassFixture<PageRuns>
{
    public static TheoryData<string, int, string> Commands()
    {
        var all = new TheoryData<string, int, string>();
        foreach (Page page in Page.Names().Select(Page.Read))
        {
            foreach (PageCommand command in page.Commands.Where(command => command.NotRun is null))
            {
                all.Add(page.Name, command.Line, command.Text);
            }
        }

        return all;
    }

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public async Task A_command_does_what_its_page_says(string page, int line, string command)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs sh");
        PageOutcome outcome = await runs.OfAsync(page, line, command);
        Skip.If(outcome.Skipped is not null, outcome.Skipped);
        output.WriteLine($"{outcome.Took.TotalSeconds:0.0} s");
        Assert.True(outcome.Fault is null, $"{page}:{line}: {outcome.Fault}");
    }
}
