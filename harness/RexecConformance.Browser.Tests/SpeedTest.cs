using System.Diagnostics;
using RexecConformance.Browser.Tests.Support;
using RexecConformance.Reports.Results;
using Xunit.Abstractions;

namespace RexecConformance.Browser.Tests;

/// <summary>A report of thousands of results is light and opens at once.</summary>
[Collection(BrowserTests.Name)]
public sealed class SpeedTest(Chromium chromium, ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData(625, 8, 5_000_000, 2000)]
    [InlineData(5000, 1, 5_000_000, 2000)]
    [InlineData(610, 28, 5_000_000, 4000)]
    public async Task It_opens_in_time(int variants, int targets, int mostBytes, int mostMilliseconds)
    {
        ReportedRun run = ManyResults.Of(variants, targets);
        await using OpenReport report = await OpenReport.OfAsync(chromium, run);
        long weight = new FileInfo(report.File).Length;

        // The second time: the browser's own start is not the report's.
        var clock = Stopwatch.StartNew();
        await report.GoAsync("");
        await report.Page.Locator("#matrix a.verdict").First.FocusAsync();
        long opened = clock.ElapsedMilliseconds;
        clock.Restart();
        await report.Page.Locator("#q").FillAsync("something-7 whole");
        await report.Page.Locator("#matrix tbody .name", new() { HasText = "something-7" }).First.WaitForAsync();
        long searched = clock.ElapsedMilliseconds;
        output.WriteLine($"{variants} variants on {targets} targets: {weight} bytes, opened in {opened} ms (by its own clock {await report.Page.GetAttributeAsync("html", "data-ready")}), searched in {searched} ms");

        Assert.Equal(variants * targets, run.Cases.Count());
        Assert.InRange(weight, 1, mostBytes);
        Assert.InRange(opened, 0, mostMilliseconds);
        Assert.InRange(searched, 0, mostMilliseconds);
        Assert.Empty(report.Troubles);
    }

    [SkippableFact]
    public async Task All_rows_come_in_the_end_and_the_last_one_can_be_reached()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, ManyResults.Of(1000, 5), "sort=name");
        await report.Page.Locator("#matrix a.verdict").First.FocusAsync();
        await report.Page.Keyboard.PressAsync("End");
        Assert.Equal("1001", await report.Page.EvaluateAsync<string>("document.activeElement.closest('tr').getAttribute('aria-rowindex')"));
        Assert.Equal(1000, (await report.NamesAsync()).Length);
    }
}
