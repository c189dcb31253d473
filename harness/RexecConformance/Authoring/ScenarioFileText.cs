using System.Text;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Yaml;

namespace RexecConformance.Authoring;

/// <summary>The text of a new scenario's file, with comments where a person must decide something.</summary>
public static class ScenarioFileText
{
    /// <summary>Writes it.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="draft">What was said: what was not is for a person to decide.</param>
    /// <param name="schema">Path of the schema as seen from the file.</param>
    public static string Of(Scenario scenario, Draft draft, string schema)
    {
        var comments = new Dictionary<string, IReadOnlyList<string>>();
        if (draft.Title is null)
        {
            comments["title"] = ["To decide: one line that an administrator of rexec understands; say what a server does."];
        }

        if (draft.Level is null)
        {
            comments["level"] = ["To decide: must (every server), should, may, dialect (servers differ) or info (no demand)."];
        }

        if (scenario.Requires.Count == 0)
        {
            comments["tags"] = ["No requirement is named. If a document demands it: 'requires: [ID]', with an id of requirements.yaml."];
        }

        if (scenario.Undecided)
        {
            comments["expect"] =
            [
                "To decide: what must come back. Until then every server is unspecified, and validate names this file. For example:",
                "  expect:",
                "    - accepted: { stdout: \"out\\n\" }                     # as the dialect says it: status byte, output, close",
                "    - refused: bad-password                             # the dialect's own diagnostic",
                "    - primary: { bytes: \"\\x01Login incorrect.\\n\", end: closed }",
                "What a server answers can be written down by itself: rexec-conformance new ... --observe TARGET --force",
            ];
        }
        else if (draft.End is null && scenario.Expect.Any(alternative => alternative.Primary is { End: EndRule.Closed } && alternative.When.All(one => one.Property != Condition.DialectName)))
        {
            comments["expect"] = ["To decide: fin, rst, or closed (either), if it matters how the server ends the connection."];
        }

        if (scenario.Basis.Any(entry => entry.Basis.Note == DraftScenario.Unnamed))
        {
            comments["basis"] = ["To decide: who says so. A manual (documented), public source (source) or a daemon with its version and the day (observed)."];
        }

        return ScenarioWriter.Write(scenario, schema, comments);
    }

    /// <summary>Reads a text as <c>validate</c> does, alone and among the others.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="text">The text.</param>
    /// <param name="tree">The others.</param>
    public static IReadOnlyList<Problem> Check(string path, string text, ScenarioTree tree)
    {
        var problems = new List<Problem>();
        if (ScenarioReader.Read(SourceFile.Parse(path, text, problems)) is { } scenario && problems.Count == 0)
        {
            ScenarioTree with = tree with { Scenarios = [.. tree.Scenarios.Where(one => one.Id != scenario.Id), scenario] };
            TreeChecks.Check(with, tree.Fixtures.Accounts.Accounts.Select(account => account.Key).ToHashSet(), problems, whole: false);
        }

        return problems;
    }

    /// <summary>Writes a file, whole or not at all; folders of its path are made.</summary>
    /// <exception cref="ReportException">It can't be written.</exception>
    public static void Save(string path, string text)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            throw new ReportException(PlainText.OneLine($"{path}: {WriteFailure.Why(e)}"));
        }

        using var file = ReportFile.Open(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Complete();
    }
}
