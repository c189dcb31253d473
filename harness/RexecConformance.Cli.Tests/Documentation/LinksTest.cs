using System.Text.RegularExpressions;
using RexecConformance.Cli.Tests.Documentation.Pages;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>Every link from a page to a file of this repository leads somewhere, and to a heading that is there.</summary>
public sealed partial class LinksTest
{
    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NoAnchor { get; }

    public static TheoryData<string> Names() => [.. Page.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_link_leads_somewhere(string name)
    {
        Page page = Page.Read(name);
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, name))!;
        Assert.Empty(page.Prose
            .SelectMany(line => Link.Matches(line.Text).Select(match => (line.Line, To: match.Groups[1].Value)))
            .Where(link => !link.To.Contains("://", StringComparison.Ordinal) && !Leads(name, folder, link.To))
            .Select(link => $"{name}:{link.Line}: {link.To}"));
    }

    [Fact]
    public void Each_page_of_docs_is_reached_from_the_README()
    {
        var reached = new HashSet<string> { "README.md" };
        var left = new Queue<string>(reached);
        while (left.TryDequeue(out string? name))
        {
            string folder = Path.GetDirectoryName(name)!.Replace('\\', '/');
            foreach (Match match in Page.Read(name).Prose.SelectMany(line => Link.Matches(line.Text)))
            {
                string to = Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, match.Groups[1].Value.Split('#')[0]))).Replace('\\', '/');
                if (to.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, to)) && reached.Add(to))
                {
                    left.Enqueue(to);
                }
            }
        }

        string[] alone = [.. Page.Names().Where(name => !reached.Contains(name) && !name.StartsWith("docs/decisions/", StringComparison.Ordinal))];
        Assert.Empty(alone);
    }

    /// <summary>The anchor that a heading of Markdown gets.</summary>
    internal static string Anchor(string heading) => NoAnchor.Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static bool Leads(string name, string folder, string to)
    {
        string[] parts = to.Split('#', 2);
        string path = parts[0].Length == 0 ? Path.Combine(Repository.Root, name) : Path.Combine(folder, parts[0]);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return false;
        }

        return parts.Length == 1 || !path.EndsWith(".md", StringComparison.Ordinal)
            || Page.Parse(path, File.ReadAllText(path)).Prose.Any(line => line.Text.StartsWith('#') && Anchor(line.Text.TrimStart('#')) == parts[1]);
    }
}
