using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RexecConformance.Browser.Tests.Support;
using RexecConformance.Reports.Html;
using RexecConformance.Reports.Results;

namespace RexecConformance.Browser.Tests;

/// <summary>The file itself, without a browser.</summary>
public sealed partial class PageTest
{
    [Fact]
    public void The_policy_names_the_hashes_of_the_only_script_and_style()
    {
        string page = Rendered(Runs.Small());
        string policy = System.Net.WebUtility.HtmlDecode(Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value);
        Match script = Assert.Single(Regex.Matches(page, "<script>(.*?)</script>", RegexOptions.Singleline));
        Match style = Assert.Single(Regex.Matches(page, "<style>(.*?)</style>", RegexOptions.Singleline));

        Assert.Contains($"script-src '{Hash(script)}';", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(style)}';", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9+/]+=*$", Regex.Match(page, "id=\"data\">([^<]*)</script>").Groups[1].Value);
    }

    [Fact]
    public void The_script_has_no_way_to_make_markup_or_to_load_anything()
    {
        MatchCollection found = Forbidden().Matches(HtmlPage.Script);
        Assert.Empty(found.Select(match => match.Value));
        Assert.DoesNotMatch("url\\(|@import|expression\\(", HtmlPage.Style);
    }

    [Fact]
    public void Every_part_of_the_script_and_style_is_in_the_page()
    {
        string[] parts = [.. typeof(HtmlPage).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("html/", StringComparison.Ordinal) && !name.EndsWith(".html", StringComparison.Ordinal))];
        string page = Rendered(Runs.Small());

        Assert.InRange(parts.Length, 10, 40);
        Assert.All(parts, name =>
        {
            using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
            Assert.Contains(reader.ReadToEnd().ReplaceLineEndings("\n"), page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_result_file_gives_the_same_page_as_the_run()
    {
        string folder = Directory.CreateTempSubdirectory("rexec-html-").FullName;
        try
        {
            ReportedRun run = Runs.Small();
            string file = Path.Combine(folder, "result.json");
            using (FileStream output = File.Create(file))
            {
                new ResultWriter().Write(output, run, new RenderContext(folder));
            }

            Assert.Equal(Rendered(run, folder), Rendered(ResultReader.Read(file), folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_results_share_is_written_once()
    {
        using var one = JsonDocument.Parse(HtmlData.Json(ManyResults.Of(100, 1), new RenderContext("/")));
        using var ten = JsonDocument.Parse(HtmlData.Json(ManyResults.Of(100, 10), new RenderContext("/")));

        Assert.Equal(1000, ten.RootElement.GetProperty("cases").GetArrayLength());
        Assert.Equal(one.RootElement.GetProperty("rows").GetArrayLength(), ten.RootElement.GetProperty("rows").GetArrayLength());
        string[] strings = [.. ten.RootElement.GetProperty("strings").EnumerateArray().Select(text => text.GetString()!)];
        Assert.Equal(strings.Length, strings.Distinct().Count());
        Assert.Equal(1, ten.RootElement.GetProperty("basis").GetArrayLength() - 1);
    }

    private static string Rendered(ReportedRun run, string folder = "/")
    {
        using var memory = new MemoryStream();
        new HtmlReport().Write(memory, run, new RenderContext(folder));
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static string Hash(Match match) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)));

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextualFragment|DOMParser|setHTML|srcdoc|XMLHttpRequest|\bfetch\b|WebSocket|EventSource|sendBeacon|\bimport\b|Worker|javascript:|https?://(?!www\.w3\.org/2000/svg)|</script|<!--", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
