using RexecConformance.Browser.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Reports.Results;
using RexecConformance.Requirements;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Browser.Tests;

/// <summary>What servers and files say is text: never markup, never script, and what can't be seen is made visible.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostileBytesTest(Chromium chromium)
{
    private const string Characters = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`--></title></style><svg/onload=alert(3)>"
        + "&lt;b&gt;{{data}}{{script}}${alert(4)}\u2028\u2029\u202e\u2066\0\u001b[31m\r\n\u0085\uFEFF\uD800javascript:alert(5)";

    private static readonly string s_bytes = Characters[..Characters.IndexOf('\u2028')] + string.Concat(Enumerable.Range(0, 256).Select(i => (char)i)) + "</script>";

    [SkippableTheory]
    [InlineData("")]
    [InlineData("case")]
    [InlineData("q=</script><img src=x onerror=alert(6)>&topic=%3Csvg%20onload%3Dalert(7)%3E&t=%22&sort=__proto__&v=constructor")]
    [InlineData("case=<img src=x onerror=alert(8)>&on=%00&as=</script>")]
    [InlineData("%E0%A4%A&case=%")]
    public async Task Nothing_becomes_markup_or_script(string fragment)
    {
        ReportedRun run = Hostile();
        ReportedCase one = run.Targets[0].Cases[0];
        string view = fragment != "case" ? fragment
            : $"case={Uri.EscapeDataString(Shown(one.Name))}&on={Uri.EscapeDataString(Shown(one.Target))}&as={Uri.EscapeDataString(Shown(one.Dialect))}";
        await using OpenReport report = await OpenReport.OfAsync(chromium, run, view);
        if (fragment == "case")
        {
            Assert.True(await report.Page.Locator("#case-title").IsVisibleAsync());
            await report.Page.Locator("details summary").EvaluateAllAsync<int>("all => { all.forEach(node => node.click()); return all.length; }");
        }

        // Only elements that the page itself makes, no attribute that runs anything, no link that leaves.
        string[] strange = await report.Page.EvaluateAsync<string[]>("""
            () => {
              const known = new Set("html head meta title style body a header h1 h2 h3 h4 section p ul li b div table thead tbody tr th td main footer span kbd script form label input select option fieldset legend details summary button code article nav svg line text path g circle dl dt dd mark em figure figcaption blockquote strong br".split(" "));
              const strange = [];
              for (const node of document.querySelectorAll("*")) {
                if (!known.has(node.localName)) strange.push("element " + node.localName);
                for (const { name, value } of node.attributes) {
                  if (/^on/.test(name) || name === "style" && !/^--columns: \d+;$/.test(value)) strange.push("attribute " + name);
                  if ((name === "href" || name === "src" || name === "xlink:href") && !/^(#|\.\/)/.test(value)) strange.push(name + " " + value);
                }
              }
              if (document.querySelectorAll("script:not([type])").length !== 1) strange.push("scripts");
              return strange;
            }
            """);
        Assert.Empty(strange);
        Assert.Empty(report.Troubles);
        Assert.All(report.Requests, url => Assert.Equal(report.Address, url.Split('#')[0]));

        // Nothing that can't be seen, or that turns text around, is left in what is shown.
        string[] unseen = await report.Page.EvaluateAsync<string[]>(@"
            () => {
              const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const node = walker.currentNode;
                if (/^(SCRIPT|STYLE)$/.test(node.parentNode.tagName)) continue;
                const match = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u.exec(node.data);
                if (match) found.push(match[0].codePointAt(0).toString(16) + ' in ' + node.parentNode.outerHTML.slice(0, 80));
              }
              return found;
            }");
        Assert.Empty(unseen);
    }

    [SkippableFact]
    public async Task It_is_shown_as_escaped_text()
    {
        ReportedRun run = Hostile();
        await using OpenReport report = await OpenReport.OfAsync(chromium, run);
        Assert.Contains("</script><script>alert(1)</script><img src=x onerror=alert(2)>", await report.TextAsync(), StringComparison.Ordinal);

        await report.Page.Locator("#matrix a.verdict").First.ClickAsync();
        string text = await report.TextAsync();
        Assert.Contains("\\u{202e}", text, StringComparison.Ordinal);
        Assert.Contains("\\x1b[31m", text, StringComparison.Ordinal);
        Assert.Contains("\\u{d800}", text, StringComparison.Ordinal);
        Assert.Contains("<svg/onload=alert(3)>&lt;b&gt;{{data}}", text, StringComparison.Ordinal);
        Assert.Contains("\\x7f\\x80\\x81", text, StringComparison.Ordinal);
        Assert.Contains("\\xfe\\xff", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_link_to_a_capture_stays_a_path()
    {
        ReportedCase one = Runs.Red();
        string folder = Path.GetTempPath();
        ReportedRun run = Runs.Of(new ReportedTarget
        {
            Target = one.Target,
            Dialect = one.Dialect,
            Cases = [one with { Capture = Path.Combine(folder, "javascript:alert(1)", "a#b?c%20\"<é.pcapng") }],
        });
        await using OpenReport report = await OpenReport.OfAsync(chromium, run);
        await report.Page.Locator("#matrix a.verdict").First.ClickAsync();

        // The report lies in a folder of its own, one below.
        Assert.Equal("./../javascript%3Aalert%281%29/a%23b%3Fc%2520%22%3C%C3%A9.pcapng", await report.Page.Locator("#capture").GetAttributeAsync("href"));
        Assert.StartsWith("file:///", await report.Page.Locator("#capture").EvaluateAsync<string>("node => node.href"), StringComparison.Ordinal);
    }

    private static string Shown(string text) => RexecConformance.Reports.PlainText.OneLine(text);

    private static ReportedRun Hostile()
    {
        ReportedCase one = Runs.Case("id" + Characters, "whole" + Characters, "title" + Characters, Verdict.Fail, s_bytes, s_bytes + "x") with
        {
            Target = "target" + Characters,
            Dialect = "dialect" + Characters,
            Topic = "topic" + Characters,
            Tags = ["tag" + Characters],
            Reason = "reason" + Characters,
            Requires = ["requirement" + Characters, "unknown" + Characters],
            Basis = [new BasisLine("text" + Characters, new Dialects.Basis(Dialects.BasisKind.Observed, "source" + Characters, "place" + Characters, "note" + Characters))],
            Findings = [new Finding(FindingKind.Bytes, StreamName.Primary, "finding" + Characters, 3)],
            ExpectedAux = new ReportedExpectation { Check = true, Connected = true, End = EndRule.Fin, Parts = [new ReportedPart(null, "pattern" + Characters), new ReportedPart(Runs.Bytes(s_bytes), null)] },
            Reproduce = "command" + Characters,
        };
        one = one with
        {
            Exchange = one.Exchange! with
            {
                ConnectError = "error" + Characters,
                Did = [.. one.Exchange!.Did, new ReportedEvent(TimeSpan.FromMilliseconds(1), null, null, "event" + Characters), new ReportedEvent(TimeSpan.FromMilliseconds(1), StreamName.Primary, Runs.Bytes(s_bytes), "sent")],
            },
        };
        return Runs.Of(
            new ReportedTarget { Target = one.Target, Dialect = one.Dialect, Cases = [one], Failure = "failure" + Characters, Guesses = [new DialectGuess("guess" + Characters, 1, 2, 1)] },
            new ReportedTarget { Target = "other", Dialect = "bsd44", Cases = [one with { Target = "other", Dialect = "bsd44", Verdict = Verdict.Pass }] }) with
        {
            Suite = "suite" + Characters,
            Shard = "1/2" + Characters,
            Requirements = new Dictionary<string, Requirement>
            {
                ["requirement" + Characters] = new("requirement" + Characters, "says" + Characters, "must" + Characters, ["system" + Characters],
                    [new RequirementSource("document" + Characters, 0, 0, "section" + Characters, "quote" + Characters, 0)], null, "", 0),
            },
        };
    }
}
