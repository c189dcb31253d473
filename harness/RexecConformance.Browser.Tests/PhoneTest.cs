using Microsoft.Playwright;
using RexecConformance.Browser.Tests.Support;

namespace RexecConformance.Browser.Tests;

/// <summary>On a phone of 360 pixels nothing makes the page wider than the screen; on paper all rows are there.</summary>
[Collection(BrowserTests.Name)]
public sealed class PhoneTest(Chromium chromium)
{
    [SkippableTheory]
    [InlineData(360, "")]
    [InlineData(360, "case=scenario-about-something-0%23whole&on=reference:dialect1&as=dialect1")]
    [InlineData(800, "")]
    public async Task The_page_does_not_scroll_sideways(int width, string fragment)
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, ManyResults.Of(60, 12), fragment, width);
        Assert.Equal(fragment.Length > 0, await report.Page.Locator("#case-title").IsVisibleAsync());
        await report.Page.Locator("summary").EvaluateAllAsync<int>("all => { all.forEach(node => node.click()); return all.length; }");

        Assert.Equal(width, await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string[] wide = await report.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('main *, #summary *')].filter(node => node.checkVisibility() && !node.closest('.scroll, svg') && node.getBoundingClientRect().right > innerWidth + 1).map(node => node.tagName + ' ' + node.className)");
        Assert.Empty(wide);
        Assert.Empty(report.Troubles);
    }

    [SkippableFact]
    public async Task The_matrix_scrolls_in_its_own_region_and_names_stay()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, ManyResults.Of(60, 12), "", 360);
        ILocator name = report.Page.Locator("#matrix tbody th").First;
        float before = (await name.BoundingBoxAsync())!.X;
        int moved = await report.Page.EvaluateAsync<int>("(() => { const region = document.querySelector('.matrix'); region.scrollLeft = 200; return region.scrollLeft; })()");

        Assert.Equal(200, moved);
        Assert.Equal(before, (await name.BoundingBoxAsync())!.X, 1f);
    }

    [SkippableFact]
    public async Task On_a_phone_what_was_received_stands_below_what_was_expected()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), "case=username-15%23whole&on=tcp%3A127.0.0.1%3A512&as=bsd44", 360);
        ILocator sides = report.Page.Locator(".hex tbody tr").First.Locator(".digits");
        LocatorBoundingBoxResult expected = (await sides.First.BoundingBoxAsync())!;
        LocatorBoundingBoxResult received = (await sides.Nth(1).BoundingBoxAsync())!;

        Assert.True(received.Y >= expected.Y + expected.Height - 1);
        Assert.True(received.X + received.Width <= 360);
    }

    [SkippableFact]
    public async Task On_paper_all_rows_are_there_and_no_form()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, ManyResults.Of(300, 3));
        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        _ = await report.Page.EvaluateAsync<bool>("dispatchEvent(new Event('beforeprint'))");

        Assert.Equal(300, (await report.NamesAsync()).Length);
        Assert.False(await report.Page.Locator(".filters").IsVisibleAsync());
        Assert.Equal("visible", await report.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.matrix')).overflowX"));
    }
}
