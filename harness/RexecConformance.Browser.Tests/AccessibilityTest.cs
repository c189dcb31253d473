using Microsoft.Playwright;
using RexecConformance.Browser.Tests.Support;

namespace RexecConformance.Browser.Tests;

/// <summary>Labels, headings, landmarks and contrast of both views, in both colour schemes, wide and on a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTest(Chromium chromium)
{
    private const string Case = "case=username-15%23whole&on=tcp%3A127.0.0.1%3A512&as=bsd44";

    [SkippableTheory]
    [InlineData("")]
    [InlineData(Case)]
    public async Task Headings_labels_and_landmarks_are_there(string fragment)
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), fragment);
        string[] faults = await report.Page.EvaluateAsync<string[]>("""
            () => {
              const faults = [];
              const shown = (node) => node.checkVisibility();
              let level = 0;
              for (const node of [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter(shown)) {
                const next = Number(node.tagName[1]);
                if (next > level + 1) faults.push(`heading ${next} follows ${level}: ${node.textContent}`);
                level = next;
              }
              if ([...document.querySelectorAll("h1")].filter(shown).length !== 1) faults.push("not one h1");
              for (const node of document.querySelectorAll("input, select, textarea")) {
                if (node.labels.length === 0 || node.labels[0].textContent.trim() === "") faults.push(`no label: ${node.id}`);
              }
              for (const node of document.querySelectorAll("button, a, summary")) {
                if ((node.getAttribute("aria-label") ?? node.textContent).trim() === "") faults.push(`no name: ${node.outerHTML.slice(0, 80)}`);
              }
              for (const node of document.querySelectorAll("table")) {
                if (!node.querySelector("thead th")) faults.push(`no heads: ${node.className}`);
              }
              for (const node of document.querySelectorAll("[role=region], nav, [role=search], article, section[aria-labelledby]")) {
                const name = node.getAttribute("aria-label") ?? document.getElementById(node.getAttribute("aria-labelledby"))?.textContent;
                if (!name && shown(node)) faults.push(`no name: ${node.outerHTML.slice(0, 80)}`);
              }
              for (const node of document.querySelectorAll(".scroll")) {
                if (shown(node) && node.scrollWidth > node.clientWidth && node.tabIndex < 0 && !node.querySelector('[tabindex="0"]')) faults.push(`keys can't scroll: ${node.getAttribute("aria-label")}`);
              }
              for (const name of ["header", "main", "footer"]) {
                if (document.querySelectorAll(name).length !== 1) faults.push(`not one ${name}`);
              }
              const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
              faults.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id twice: ${id}`));
              if (document.documentElement.lang !== "en") faults.push("no language");
              if (document.querySelector("svg") && !document.querySelector("svg[role=img][aria-label]")) faults.push("the diagram has no name");
              return faults;
            }
            """);
        Assert.Empty(faults);
    }

    [SkippableTheory]
    [InlineData("", ColorScheme.Light, 1280)]
    [InlineData("", ColorScheme.Dark, 1280)]
    [InlineData("", ColorScheme.Dark, 360)]
    [InlineData(Case, ColorScheme.Light, 1280)]
    [InlineData(Case, ColorScheme.Dark, 1280)]
    [InlineData(Case, ColorScheme.Light, 360)]
    public async Task Contrast_is_enough(string fragment, ColorScheme scheme, int width)
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), fragment, width, scheme);
        await report.Page.Locator("summary").EvaluateAllAsync<int>("all => { all.forEach(node => node.click()); return all.length; }");
        string[] weak = await report.Page.EvaluateAsync<string[]>("""
            () => {
              // WCAG 2: relative luminance, and the ratio of text to what is behind it; AA is 4.5, of large text 3.
              const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
              const luminance = ({ r, g, b }) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = (node) => {
                for (let at = node; at; at = at.parentElement) {
                  const colour = parse(getComputedStyle(at).backgroundColor);
                  if (colour.a === 1) return colour;
                  if (colour.a > 0) throw new Error("half transparent");
                }
                throw new Error("no background");
              };
              const weak = new Set();
              let looked = 0;
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const node = walker.currentNode.parentElement;
                if (walker.currentNode.data.trim() === "" || !node.checkVisibility() || /^(SCRIPT|STYLE)$/.test(node.tagName)) continue;
                const style = getComputedStyle(node);
                if (style.clipPath !== "none") continue;
                looked++;
                const ink = parse(node instanceof SVGElement ? style.fill : style.color);
                const [a, b] = [luminance(ink), luminance(behind(node))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
                if (ratio < (large ? 3 : 4.5)) weak.add(`${ratio.toFixed(2)} ${node.tagName} ${node.className}: ${walker.currentNode.data.slice(0, 30)}`);
              }
              if (looked < 60) weak.add(`only ${looked} texts`);
              return [...weak];
            }
            """);
        Assert.Empty(weak);
        string back = await report.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)", back);
    }

    [SkippableFact]
    public async Task A_reader_of_the_screen_hears_the_matrix_as_a_grid()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        string tree = await report.Page.Locator("#matrix").AriaSnapshotAsync();

        Assert.Contains("- grid", tree, StringComparison.Ordinal);
        Assert.Contains("- columnheader \"tcp:127.0.0.1:512 as bsd44\"", tree, StringComparison.Ordinal);
        Assert.Contains("- rowheader \"username-15#whole 2 answers A user name of 15 characters\"", tree, StringComparison.Ordinal);
        Assert.Contains("- link \"fail\"", tree, StringComparison.Ordinal);
        await report.Page.Locator("#q").FillAsync("login");
        await report.Page.Locator("#status", new() { HasText = "variants on 3 targets shown" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
