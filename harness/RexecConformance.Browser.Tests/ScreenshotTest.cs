using Microsoft.Playwright;
using RexecConformance.Browser.Tests.Support;

namespace RexecConformance.Browser.Tests;

/// <summary>
/// The pictures of docs/html-report.md. They are taken in each run, and kept in docs/screenshots where REXEC_WRITE_SCREENSHOTS is set:
/// fonts are other ones on each machine, so what is kept is not compared byte for byte.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenshotTest(Chromium chromium)
{
    private const int MostBytes = 150_000;

    [SkippableTheory]
    [InlineData("matrix", "", 1100, 760, ColorScheme.Light)]
    [InlineData("matrix-many-dark", "sort=disagreement", 1100, 760, ColorScheme.Dark)]
    [InlineData("case", "case=username-15%23whole&on=tcp%3A127.0.0.1%3A512&as=bsd44", 1100, 1180, ColorScheme.Light)]
    [InlineData("case-phone-dark", "case=username-15%23whole&on=tcp%3A127.0.0.1%3A512&as=bsd44", 360, 1100, ColorScheme.Dark)]
    public async Task A_picture_is_taken(string name, string fragment, int width, int height, ColorScheme scheme)
    {
        await using OpenReport report = await OpenReport.OfAsync(chromium, name.Contains("many", StringComparison.Ordinal) ? ManyResults.Of(60, 14) : Runs.Small(), fragment, width, scheme);
        await report.Page.SetViewportSizeAsync(width, height);
        if (name.StartsWith("matrix-many", StringComparison.Ordinal))
        {
            await report.Page.Locator("#matrix-title").EvaluateAsync("node => node.scrollIntoView()");
        }

        byte[] picture = await report.Page.ScreenshotAsync();

        Assert.InRange(picture.Length, 10_000, MostBytes);
        string folder = Folder();
        if (Environment.GetEnvironmentVariable("REXEC_WRITE_SCREENSHOTS") is { Length: > 0 })
        {
            _ = Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
        }

        // What the page of the docs shows is there, and is a picture of this size.
        byte[] kept = await File.ReadAllBytesAsync(Path.Combine(folder, name + ".png"));
        Assert.Equal((width, height), (Number(kept, 16), Number(kept, 20)));
        Assert.Contains($"screenshots/{name}.png", await File.ReadAllTextAsync(Path.Combine(folder, "..", "html-report.md")), StringComparison.Ordinal);
    }

    private static int Number(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at, 4));

    private static string Folder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "RexecConformance.sln")))
            {
                return Path.Combine(at.FullName, "docs", "screenshots");
            }
        }

        throw new InvalidOperationException("the repository is not above the tests");
    }
}
