using RexecConformance.Browser.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;

namespace RexecConformance.Browser.Tests;

/// <summary>The matrix: what it shows, and how it is filtered, searched, ordered and linked.</summary>
[Collection(BrowserTests.Name)]
public sealed class MatrixTest(Chromium chromium)
{
    [SkippableFact]
    public async Task Rows_are_variants_and_columns_are_targets()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());

        Assert.Equal(["username-15#whole", "aux-port#per-field", "login#whole", "slow#whole"], await report.NamesAsync());
        Assert.Equal(
            ["reference:bsd44 as bsd44", "tcp:127.0.0.1:512 as bsd44", "inetd:/usr/sbin/in.rexecd as debian"],
            await report.Page.Locator("#matrix thead th:not(.corner)").AllTextContentsAsync());
        Assert.Equal(["\u2713pass", "\u2717fail", "\u00b7 not driven"], await report.Page.Locator("#matrix tbody tr").First.Locator("td").AllTextContentsAsync());
        Assert.Equal("2 answers", await report.Page.Locator("#matrix tbody tr").First.Locator(".answers").TextContentAsync());
        Assert.Empty(report.Troubles);
    }

    [SkippableTheory]
    [InlineData("v=fail", "username-15#whole")]
    [InlineData("v=xfail,unsupported", "aux-port#per-field,slow#whole")]
    [InlineData("l=dialect", "username-15#whole")]
    [InlineData("l=may", "")]
    [InlineData("topic=session&tag=plain&sort=name", "aux-port#per-field,login#whole,slow#whole")]
    [InlineData("tag=nothing", "")]
    [InlineData("t=inetd%3A%2Fusr%2Fsbin%2Fin.rexecd+as+debian", "login#whole")]
    [InlineData("q=too+long", "username-15#whole")]
    [InlineData("q=%5Cx01username", "username-15#whole")]
    [InlineData("q=ERR%5Cn", "aux-port#per-field")]
    [InlineData("q=lacks+shell", "slow#whole")]
    [InlineData("q=%5C0out+login", "login#whole")]
    [InlineData("d=1&sort=name", "aux-port#per-field,slow#whole,username-15#whole")]
    [InlineData("sort=disagreement", "username-15#whole,aux-port#per-field,slow#whole,login#whole")]
    [InlineData("sort=name", "aux-port#per-field,login#whole,slow#whole,username-15#whole")]
    public async Task A_view_is_linked_by_the_fragment(string fragment, string names)
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), fragment);

        Assert.Equal(names.Length == 0 ? [] : names.Split(','), await report.NamesAsync());
        Assert.Equal(names.Length == 0, await report.Page.Locator("#matrix .empty").CountAsync() == 1);
        Assert.Empty(report.Troubles);
    }

    [SkippableFact]
    public async Task What_is_chosen_is_kept_in_the_address()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        await report.Page.Locator("#v-fail").CheckAsync();
        await report.Page.Locator("#q").FillAsync("15");
        await report.Page.Locator("summary").First.ClickAsync();
        await report.Page.Locator("#t-1").CheckAsync();
        _ = await report.Page.Locator("#sort").SelectOptionAsync("disagreement");
        Assert.Equal(["username-15#whole"], await report.NamesAsync());
        Assert.Equal("1 variant on 1 target shown", await report.Page.Locator("#shown").TextContentAsync());
        Assert.Equal("#q=15&v=fail&t=tcp%3A127.0.0.1%3A512+as+bsd44&sort=disagreement", await report.Page.EvaluateAsync<string>("location.hash"));

        await report.Page.Locator("#reset").ClickAsync();
        Assert.Equal(4, (await report.NamesAsync()).Length);
        Assert.False(await report.Page.Locator("#v-fail").IsCheckedAsync());
        Assert.Equal("", await report.Page.Locator("#q").InputValueAsync());
    }

    [SkippableFact]
    public async Task A_count_of_the_summary_filters()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        await report.Page.GetByLabel("1 fail, tcp:127.0.0.1:512 as bsd44").ClickAsync();

        await report.Page.Locator("#shown", new() { HasText = "1 variant on 1 target shown" }).WaitForAsync();
        Assert.Equal(["username-15#whole"], await report.NamesAsync());
        Assert.True(await report.Page.Locator("#v-fail").IsCheckedAsync());
    }

    [SkippableFact]
    public async Task Every_verdict_has_a_sign_of_its_own_beside_its_colour()
    {
        Verdict[] all = Enum.GetValues<Verdict>();
        ReportedRun run = Runs.Of(new ReportedTarget { Target = "reference:bsd44", Dialect = "bsd44", Cases = [.. all.Select(verdict => Runs.Case($"case-{verdict}", "whole", "A case", verdict, reason: "a reason"))] });
        await using OpenReport report = await OpenReport.OfAsync(chromium, run);

        IReadOnlyList<string> signs = await report.Page.Locator("#matrix .glyph").AllTextContentsAsync();
        IReadOnlyList<string> words = await report.Page.Locator("#matrix .word").AllTextContentsAsync();
        Assert.Equal(all.Length, signs.Distinct().Count());
        Assert.Equal(all.Select(verdict => verdict.ToString().ToLowerInvariant()).Order(), words.Order());
    }
}
