using Microsoft.Playwright;
using RexecConformance.Reports.Html;
using RexecConformance.Reports.Results;

namespace RexecConformance.Browser.Tests.Support;

/// <summary>A report that is written to a file of its own and opened from there.</summary>
internal sealed class OpenReport : IAsyncDisposable
{
    private readonly string _folder;
    private readonly IBrowserContext _context;
    private readonly bool _scripts;

    private OpenReport(string folder, IBrowserContext context, IPage page, bool scripts)
    {
        _scripts = scripts;
        _folder = folder;
        _context = context;
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Dialog += (_, dialog) =>
        {
            Troubles.Add("dialog: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        page.PageError += (_, error) => Troubles.Add("error: " + error);
        page.Console += (_, message) => Troubles.Add($"console: {message.Type}: {message.Text}");
        page.Popup += (_, popup) => Troubles.Add("popup: " + popup.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The file.</summary>
    public string File => Path.Combine(_folder, "report.html");

    /// <summary>The address of the file.</summary>
    public string Address => new Uri(File).AbsoluteUri;

    /// <summary>All that the page asked for, from its own file on.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Dialogs, errors, messages on the console and windows: there must be none.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Writes a report and opens it.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="run">The results.</param>
    /// <param name="fragment">What stands behind # in the address.</param>
    /// <param name="width">The window's, in pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="scripts">Whether scripts may run.</param>
    public static async Task<OpenReport> OfAsync(
        Chromium chromium, ReportedRun run, string fragment = "", int width = 1280, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        IBrowser browser = await chromium.StartedAsync();
        string folder = Directory.CreateTempSubdirectory("rexec-html-").FullName;
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            Permissions = ["clipboard-read", "clipboard-write"],
            HasTouch = width < 500,
        });
        var report = new OpenReport(folder, context, await context.NewPageAsync(), scripts);
        await using (FileStream file = System.IO.File.Create(report.File))
        {
            new HtmlReport().Write(file, run, new RenderContext(folder));
        }

        await report.GoAsync(fragment);
        return report;
    }

    /// <summary>Opens the report anew, as a link to a part of it would.</summary>
    public async Task GoAsync(string fragment)
    {
        _ = await Page.GotoAsync("about:blank");
        Requests.Clear();
        _ = await Page.GotoAsync(Address + (fragment.Length == 0 ? "" : "#" + fragment));
        if (_scripts)
        {
            await Page.Locator("html[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        }
    }

    /// <summary>The names of the rows that the matrix shows, in order.</summary>
    public Task<string[]> NamesAsync() => Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#matrix tbody .name')].map(node => node.textContent)");

    /// <summary>All text of the page that is shown.</summary>
    public Task<string> TextAsync() => Page.InnerTextAsync("body");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
