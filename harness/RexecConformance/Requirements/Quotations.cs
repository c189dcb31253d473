using System.Text.RegularExpressions;
using RexecConformance.Yaml;

namespace RexecConformance.Requirements;

/// <summary>
/// Looks up every quotation of the requirements in the documents themselves. They are not part of this repository; whoever has
/// them keeps them in one folder, under the names that the requirements file gives.
/// </summary>
public static partial class Quotations
{
    /// <summary>Each quotation that does not stand, word for word, in the lines or the section that are named.</summary>
    /// <param name="file">The requirements.</param>
    /// <param name="folder">The folder of documents.</param>
    public static IReadOnlyList<Problem> Check(RequirementFile file, string folder)
    {
        var problems = new List<Problem>();
        var documents = new Dictionary<string, string[]>();
        foreach ((string name, string pattern) in file.Documents)
        {
            string directory = Path.Combine(folder, Path.GetDirectoryName(pattern)!);
            string[] found = Directory.Exists(directory) ? Directory.GetFiles(directory, Path.GetFileName(pattern)) : [];
            if (found.Length == 1)
            {
                documents[name] = File.ReadAllLines(found[0]);
            }
            else
            {
                problems.Add(new Problem(file.Path, 1, 1, $"the document '{name}' is {found.Length} files {Path.Combine(folder, pattern)}, expected one"));
            }
        }

        foreach (RequirementSource source in file.Requirements.SelectMany(r => r.Sources).Where(s => documents.ContainsKey(s.Document)))
        {
            string[] lines = documents[source.Document];
            IEnumerable<string> place = source.Section is { } section ? Section(lines, section) : lines.Take(source.LastLine).Skip(source.FirstLine - 1);
            if (!Words(string.Join('\n', place)).Contains(Words(source.Quote), StringComparison.Ordinal))
            {
                problems.Add(new Problem(file.Path, source.At, 1, $"{source.Document}, {source.Place} does not say \"{source.Quote}\"") { Placed = true });
            }
        }

        return problems;
    }

    /// <summary>From the line that begins with a section's number to the next number that is not below it.</summary>
    private static IEnumerable<string> Section(string[] lines, string section)
    {
        bool within = false;
        foreach (string line in lines)
        {
            if (Number().Match(line) is { Success: true } match)
            {
                string number = match.Groups[1].Value;
                within = number == section || number.StartsWith(section + ".", StringComparison.Ordinal);
            }

            if (within)
            {
                yield return line;
            }
        }
    }

    // Lines are broken where they are long: any white space is as good as another.
    private static string Words(string text) => Space().Replace(text, " ").Trim();

    // "## 2. Common core", "### 3.7 illumos", or a paragraph that begins with "2.6 ".
    [GeneratedRegex(@"^(?:#+ (?=\d)|(?=\d+\.\d))(\d+(?:\.\d+)?)\.? ")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
