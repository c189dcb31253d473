using RexecConformance.Browser.Tests.Support;

namespace RexecConformance.Browser.Tests;

/// <summary>Everything works without a mouse.</summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardTest(Chromium chromium)
{
    private const string Focused = "(() => { const n = document.activeElement; return n.closest('tr')?.querySelector('.name')?.textContent + ' ' + [...(n.closest('tr')?.children ?? [])].indexOf(n.closest('td')); })()";

    [SkippableFact]
    public async Task Keys_search_move_open_and_go_back()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        var page = report.Page;
        await page.Keyboard.PressAsync("/");
        Assert.Equal("q", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.TypeAsync("jk/");
        Assert.Equal("jk/", await page.Locator("#q").InputValueAsync());
        await page.Locator("#q").FillAsync("");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("username-15#whole 1", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("j");
        Assert.Equal("aux-port#per-field 1", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("aux-port#per-field 2", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal("username-15#whole 2", await page.EvaluateAsync<string>(Focused));

        // The third target has no result in this row: the next one that has is taken.
        await page.Keyboard.PressAsync("l");
        Assert.Equal("username-15#whole 2", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#case-title").WaitForAsync();
        Assert.Equal("case-title", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("j");
        await page.Locator("#case-title", new() { HasText = "Error output goes to the stderr connection" }).WaitForAsync();
        await page.Keyboard.PressAsync("k");
        await page.Locator("#case-title", new() { HasText = "A user name of 15 characters" }).WaitForAsync();
        await page.Keyboard.PressAsync("h");
        await page.Locator(".case-line .v-pass").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#matrix").WaitForAsync();
        Assert.Equal("username-15#whole 1", await page.EvaluateAsync<string>(Focused));
        Assert.Empty(report.Troubles);
    }

    [SkippableFact]
    public async Task The_matrix_is_one_stop_of_the_tab_key_and_every_stop_is_seen()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        var stops = new List<string>();
        for (int i = 0; i < 40; i++)
        {
            await report.Page.Keyboard.PressAsync("Tab");
            string stop = await report.Page.EvaluateAsync<string>("""
                (() => {
                  const node = document.activeElement;
                  const style = getComputedStyle(node);
                  const box = node.getBoundingClientRect();
                  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0;
                  return `${node === document.body ? "end" : node.id || node.className || node.tagName} ${seen ? "seen" : "unseen"} ${node.closest("#matrix") ? "matrix" : ""}`;
                })()
                """);
            if (stop.StartsWith("end", StringComparison.Ordinal))
            {
                break;
            }

            stops.Add(stop);
        }

        Assert.StartsWith("skip seen", stops[0], StringComparison.Ordinal);
        Assert.DoesNotContain(stops, stop => stop.Contains("unseen", StringComparison.Ordinal));
        _ = Assert.Single(stops, stop => stop.EndsWith("matrix", StringComparison.Ordinal));
        Assert.Contains(stops, stop => stop.StartsWith("q ", StringComparison.Ordinal));
        Assert.InRange(stops.Count, 10, 39);
    }
}
