using Microsoft.Playwright;

namespace RexecConformance.Browser.Tests.Support;

/// <summary>One headless browser for all tests; each page has a profile of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; started by the first test that asks. A test is skipped where there is none.</summary>
    public async Task<IBrowser> StartedAsync()
    {
        string program = Needs.Chromium();
        _playwright ??= await Playwright.CreateAsync();
        return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Headless = true });
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>The tests that share the browser.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "browser";
}
