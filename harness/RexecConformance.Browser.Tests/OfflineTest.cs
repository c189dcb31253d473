using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RexecConformance.Browser.Tests.Support;

namespace RexecConformance.Browser.Tests;

/// <summary>The page needs nothing but itself, and its policy forbids all else.</summary>
[Collection(BrowserTests.Name)]
public sealed class OfflineTest(Chromium chromium)
{
    [SkippableFact]
    public async Task Nothing_but_the_file_is_asked_for()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        await report.Page.Locator("#matrix .v-fail").First.ClickAsync();
        await report.Page.Locator("#copy").ClickAsync();
        await report.Page.Locator("#back").ClickAsync();
        await report.Page.Locator("#q").FillAsync("login");

        Assert.All(report.Requests, url => Assert.Equal(report.Address, url.Split('#')[0]));
        Assert.NotEmpty(report.Requests);
        Assert.Empty(report.Troubles);
    }

    [SkippableFact]
    public async Task The_policy_stops_what_would_leave_the_page()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string[] stopped = await report.Page.EvaluateAsync<string[]>("""
            async (address) => {
              const stopped = [];
              addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
              const image = new Image();
              image.src = address + "/x.png";
              fetch(address + "/x").catch(() => {});
              const style = document.createElement("style");
              style.textContent = "body { display: none }";
              document.head.append(style);
              try { document.body.insertAdjacentHTML("beforeend", "<b id=made>x</b>"); } catch { stopped.push("trusted-types"); }
              const begin = performance.now();
              while (stopped.length < 4 && performance.now() - begin < 5000) await new Promise((done) => requestAnimationFrame(done));
              return stopped;
            }
            """, $"http://{listener.LocalEndpoint}");

        Assert.Contains("img-src", stopped);
        Assert.Contains("connect-src", stopped);
        Assert.Contains("style-src-elem", stopped);
        Assert.Contains("trusted-types", stopped);
        Assert.Equal(0, await report.Page.Locator("#made").CountAsync());
        Assert.False(listener.Pending());
    }

    [SkippableFact]
    public async Task Without_scripts_the_counts_are_there()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small(), scripts: false);
        string text = await report.TextAsync();

        Assert.Contains("1 red in 9 results; 1 target not judged to the end", text, StringComparison.Ordinal);
        Assert.Contains("the server went away", text, StringComparison.Ordinal);
        Assert.Contains("fits debian: 0 differences in 540 variants", text, StringComparison.Ordinal);
        Assert.Contains("scripts are off", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_file_that_is_cut_says_so()
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, Runs.Small());
        string page = await File.ReadAllTextAsync(report.File);
        await File.WriteAllTextAsync(report.File, Regex.Replace(page, """(id="data">[^<]{600})[^<]*""", "$1"));
        await report.GoAsync("");

        Assert.Contains("The results can't be read", await report.TextAsync(), StringComparison.Ordinal);
    }
}
