using RexecConformance.Browser.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Browser.Tests;

/// <summary>The view of one case.</summary>
[Collection(BrowserTests.Name)]
public sealed class CaseViewTest(Chromium chromium)
{
    private const string Red = "case=username-15%23whole&on=tcp%3A127.0.0.1%3A512&as=bsd44";

    [SkippableFact]
    public async Task A_red_case_shows_the_bytes_that_differ()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), Red);

        Assert.Equal("A user name of 15 characters", await report.Page.Locator("#case-title").TextContentAsync());
        Assert.Contains("The first difference is at offset 0.", await report.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["\\x01username too long\\n", "\\0out\\n"], await report.Page.Locator(".side-by-side mark").AllTextContentsAsync());
        Assert.Equal("01 75 73 65 72 6e 61 6d 65 20 74 6f 6f 20 6c 6f", await report.Page.Locator(".hex tbody tr").First.Locator(".digits").First.TextContentAsync());
        Assert.Equal(["00 6f 75 74 0a", "-- -- -- -- -- -- -- -- -- -- --"], await report.Page.Locator(".hex tbody tr").First.Locator(".digits").Nth(1).Locator("mark").AllTextContentsAsync());
        Assert.Equal("bold underline", await report.Page.Locator(".hex mark").First.EvaluateAsync<string>("node => { const s = getComputedStyle(node); return (s.fontWeight >= 700 ? 'bold ' : '') + s.textDecorationLine; }"));
        Assert.StartsWith("! differs, primary", await report.Page.Locator(".ends tr.differs th").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("closed in order (FIN)", await report.Page.Locator(".ends mark").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("a reset (RST)", await report.Page.Locator(".ends tr.differs").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(report.Troubles);
    }

    [SkippableFact]
    public async Task Bytes_before_and_behind_a_difference_are_not_marked()
    {
        ReportedCase one = Runs.Red() with { ExpectedPrimary = Runs.Expected("\0out\nsame", EndRule.Fin), Exchange = Runs.Case("a", "whole", "a", reply: "\0oXt\nsame").Exchange };
        await using OpenReport report = await OpenReport.OfAsync(chromium, One(one), Address(one));

        Assert.Equal(["75", "58"], await report.Page.Locator(".hex .digits mark").AllTextContentsAsync());
        Assert.Contains("The first difference is at offset 2.", await report.TextAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_course_is_drawn_and_is_a_table_too()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), "case=aux-port%23per-field&on=reference%3Absd44&as=bsd44");
        string[] labels = [.. await report.Page.Locator("svg.diagram .label").AllTextContentsAsync()];

        Assert.Equal(
            ["connected", "sends 8 bytes \"40123\\0go\"", "pause 1 ms", "sends 19 bytes \"od\\0******\\0echo out\\0\"", "half-close (FIN)", "all steps done", "aux: connected",
                "piece of 5 bytes \"\\0out\\n\"", "closed in order (FIN)", "aux: piece of 4 bytes \"err\\n\"", "aux: closed in order (FIN)"],
            labels);
        Assert.Equal(3, await report.Page.Locator("svg.diagram .arrow.aux").CountAsync());
        Assert.Equal("7px, 4px", await report.Page.Locator("svg.diagram .aux .shaft").First.EvaluateAsync<string>("node => getComputedStyle(node).strokeDasharray"));

        await report.Page.Locator("details summary", new() { HasText = "the same as a table" }).ClickAsync();
        string[] rows = await report.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.events tbody tr')].map(row => [...row.cells].map(cell => cell.textContent).join('|'))");
        Assert.Equal(labels.Length, rows.Length);
        Assert.Equal("0.0003 s|primary|client to server|sends 8 bytes|\"40123\\0go\"", rows[1]);
        Assert.Equal("0.0011 s|aux|server to client|piece of 4 bytes|\"err\\n\"", rows[9]);
    }

    [SkippableFact]
    public async Task Hidden_bytes_stay_hidden()
    {
        ReportedBytes secret = ReportedBytes.Of("0\0good\0hunter2\0true\0"u8.ToArray(), [.. Enumerable.Range(0, 20).Select(i => i is >= 7 and < 14)]);
        ReportedCase one = Runs.Red();
        one = one with { Exchange = one.Exchange! with { Did = [new ReportedEvent(TimeSpan.Zero, StreamName.Primary, secret, "sent")], Primary = one.Exchange.Primary with { Bytes = secret } } };
        await using OpenReport report = await OpenReport.OfAsync(chromium, One(one), Address(one));

        Assert.DoesNotContain("hunter2", await report.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Contains("sends 20 bytes \"0\\0good\\0*******\\0true\\0\"", await report.Page.Locator("svg.diagram").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("** ** ** ** ** ** **", await report.Page.Locator(".hex").First.TextContentAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_form_is_shown_as_a_form()
    {
        ReportedCase one = Runs.Red() with
        {
            ExpectedPrimary = new ReportedExpectation { Check = true, Connected = true, End = EndRule.Closed, Within = TimeSpan.FromSeconds(2), Parts = [new ReportedPart(Runs.Bytes("\u0001"), null), new ReportedPart(null, "[A-Z]+\\d*"), new ReportedPart(null, ".*")] },
        };
        await using OpenReport report = await OpenReport.OfAsync(chromium, One(one), Address(one));

        Assert.Equal(["bytes of the form [A-Z]+\\d*", "any bytes"], await report.Page.Locator(".side-by-side .pattern").AllTextContentsAsync());
        Assert.Contains("a close (FIN or RST), within 2.000 s", await report.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["01", "00"], await report.Page.Locator(".hex .digits mark").AllTextContentsAsync());
    }

    [SkippableFact]
    public async Task A_difference_far_behind_is_shown_and_the_rest_on_demand()
    {
        string expected = string.Concat(Enumerable.Range(0, 4000).Select(i => $"{i % 10}"));
        ReportedCase one = Runs.Red() with { ExpectedPrimary = Runs.Expected(expected, EndRule.Fin), Exchange = Runs.Case("a", "whole", "a", reply: expected[..3600] + "X" + expected[3601..]).Exchange };
        await using OpenReport report = await OpenReport.OfAsync(chromium, One(one), Address(one));

        Assert.Equal(["30", "58"], await report.Page.Locator(".hex .digits mark").AllTextContentsAsync());
        Assert.Equal("! differs, 3600", await report.Page.Locator(".hex tr.differs th").TextContentAsync());
        int before = await report.Page.Locator(".hex tbody tr").CountAsync();
        await report.Page.GetByText("rows that are kept").ClickAsync();
        Assert.True(await report.Page.Locator(".hex tbody tr").CountAsync() > before + 50);
        Assert.Contains("... 1296 bytes not shown", await report.TextAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_backs_it_is_quoted_and_the_command_is_copied()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), "case=login%23whole&on=reference%3Absd44&as=bsd44");

        Assert.Equal("username too long", await report.Page.Locator("blockquote").TextContentAsync());
        Assert.Equal("manual of rexecd, section DIAGNOSTICS", await report.Page.Locator("figcaption").TextContentAsync());
        Assert.Equal(["textobservedrexecd 8.1 built on Linux, row 7", "endsourcerexecd.c (a note)"], await report.Page.Locator(".basis tbody tr").AllTextContentsAsync());
        await report.Page.Locator("#copy").ClickAsync();
        await report.Page.Locator("#copy", new() { HasText = "copied" }).WaitForAsync();
        Assert.Equal("rexec-conformance run --target reference:bsd44 --id 'login#whole'", await report.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [SkippableFact]
    public async Task The_same_variant_on_other_targets_is_linked()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), Red + "&v=fail");
        await report.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "reference:bsd44 as bsd44" }).ClickAsync();

        await report.Page.Locator(".case-line .v-pass").WaitForAsync();
        Assert.Equal("#case=username-15%23whole&on=reference%3Absd44&as=bsd44&v=fail", await report.Page.EvaluateAsync<string>("location.hash"));
        _ = await report.Page.GoBackAsync();
        await report.Page.Locator(".case-line .v-fail").WaitForAsync();
    }

    [SkippableFact]
    public async Task A_case_that_is_not_there_is_said_to_be_missing()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), "case=nothing%23whole&on=reference%3Absd44&as=bsd44");

        Assert.Contains("the case that the address names is not in this report", await report.Page.Locator("#shown").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(4, (await report.NamesAsync()).Length);
    }

    private static ReportedRun One(ReportedCase one) => Runs.Of(new ReportedTarget { Target = one.Target, Dialect = one.Dialect, Cases = [one] });

    private static string Address(ReportedCase one) => $"case={Uri.EscapeDataString(one.Name)}&on={Uri.EscapeDataString(one.Target)}&as={one.Dialect}";
}
