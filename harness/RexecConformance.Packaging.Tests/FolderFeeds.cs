using System.Xml.Linq;

namespace RexecConformance.Packaging.Tests;

/// <summary>Package sources that are folders, so that nothing is asked of a network.</summary>
internal static class FolderFeeds
{
    /// <summary>Where this machine keeps the packages that it has restored; such a folder is a feed, too.</summary>
    public static string Cache { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Writes a configuration that knows these folders and nothing else.</summary>
    public static string Write(string folder, params string[] feeds)
    {
        string file = Path.Combine(folder, "nuget.config");
        new XDocument(new XElement(
            "configuration",
            new XElement(
                "packageSources",
                feeds.Select((feed, i) => new XElement("add", new XAttribute("key", $"folder{i}"), new XAttribute("value", feed))).Prepend<object>(new XElement("clear")).ToArray()),
            new XElement("auditSources", new XElement("clear")))).Save(file);
        return file;
    }
}
