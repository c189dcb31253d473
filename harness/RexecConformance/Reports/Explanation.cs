using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Reports;

/// <summary>One scenario in words: what is sent, and what must come back in each dialect, on what evidence.</summary>
public static class Explanation
{
    /// <summary>Whether a dialect says anything about a scenario, on a target with the suite's own accounts.</summary>
    public static bool Specifies(Dialect dialect, Scenario scenario) => ExpectationResolver.Resolve(
        scenario, dialect, new AccountContext(AccountFile.Default), argumentList: int.MaxValue, split: false, out _) is not null;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="scenario">The case.</param>
    /// <param name="tree">Its dialects and requirements.</param>
    /// <param name="accounts">What fills in the places; null is the suite's own test accounts.</param>
    /// <param name="argumentList">The longest command that the system takes, or null if it is not known.</param>
    public static void Write(
        TextWriter output, Scenario scenario, ScenarioTree tree, AccountFile? accounts = null, int? argumentList = null)
    {
        var context = new AccountContext(accounts ?? tree.Fixtures.Accounts, argumentList);
        output.WriteLine(PlainText.OneLine($"{scenario.Id}: {scenario.Title}"));
        output.WriteLine(PlainText.OneLine($"  level {scenario.Level.ToString().ToLowerInvariant()}; tags {List(scenario.Tags)}"));
        output.WriteLine($"  variants {string.Join(", ", scenario.Fragments.Select(f => f.Name))}");
        if (scenario.Captured is { } captured)
        {
            output.WriteLine(PlainText.OneLine($"  {captured.Basis}"));
            foreach (CapturedFragmentation segments in scenario.Fragments.OfType<CapturedFragmentation>())
            {
                output.WriteLine(PlainText.OneLine($"  captured segments end after: {string.Join(", ", segments.Cuts.Select(cut => $"{cut}{(cut.Then.Count == 0 ? "" : " (then the client waits)")}"))}"));
            }
        }

        if (scenario.Fuzzed is { } fuzzed)
        {
            FuzzedText.Write(output, fuzzed);
        }

        if (scenario.Needs.Count > 0)
        {
            output.WriteLine(PlainText.OneLine($"  needs {List(scenario.Needs)}"));
        }

        if (scenario.DependsOn.Count > 0)
        {
            output.WriteLine(PlainText.OneLine($"  blocked if one of these fails: {List(scenario.DependsOn)}"));
        }

        if (scenario.Notes is { } notes)
        {
            output.WriteLine(PlainText.OneLine("  " + string.Join(' ', notes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        }

        if (scenario.Requires.Count > 0)
        {
            Section(output, CaseText.Demands(scenario.Requires, tree.Requirements));
        }

        Scenario inShell = TargetContext.WithShell(scenario, Shell.Sh) ?? scenario;
        Section(output, StepText.Lines(inShell, context).Select(line => "  " + line).Prepend("the client"));
        WriteDialects(output, scenario, tree, context, argumentList);
    }

    private static void WriteDialects(
        TextWriter output, Scenario scenario, ScenarioTree tree, IByteContext context, int? argumentList)
    {
        var unspecified = new List<string>();
        var expectations = new List<(string Text, string Dialect, ExpectedExchange Expected)>();
        foreach (Dialect dialect in tree.Dialects.Values.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            ExpectedExchange? whole = ExpectationResolver.Resolve(scenario, dialect, context, argumentList, split: false, out string? why);
            if (whole is null)
            {
                unspecified.Add($"  {dialect.Name}: unspecified: {why}");
                continue;
            }

            ExpectedExchange split = ExpectationResolver.Resolve(scenario, dialect, context, argumentList, split: true, out _) ?? whole;
            string text = Stream("primary", whole.Primary, split.Primary)
                + (scenario.AsksForAux ? "\n" + Stream("aux", whole.Aux, split.Aux) : "");
            expectations.Add((text, dialect.Name, whole));
        }

        foreach (var group in expectations.GroupBy(e => e.Text))
        {
            IEnumerable<string> basis = group.SelectMany(e => e.Expected.Basis
                .Select(line => $"      {line}").Prepend($"    basis in {e.Dialect}"));
            Section(output, group.Key.Split('\n').Prepend(string.Join(", ", group.Select(e => e.Dialect))).Concat(basis));
        }

        if (unspecified.Count > 0)
        {
            Section(output, unspecified.Prepend("unspecified"));
        }
    }

    private static string Stream(string name, ExpectedStream whole, ExpectedStream split)
    {
        if (!whole.Check)
        {
            return $"  {name,-7} not judged";
        }

        if (!whole.Connected)
        {
            return $"  {name,-7} no connection";
        }

        string bytes = whole.Content.IsLiteral
            ? whole.Content.LiteralBytes is { Length: > 0 } all ? EscapedBytes.Quote(all, null, 120) : "no byte"
            : string.Join(' ', whole.Content.Parts.Select(part =>
                part.Bytes is { } literal ? EscapedBytes.Quote(literal) : $"<{PlainText.OneLine(part.Pattern!)}>"));
        return $"  {name,-7} {bytes}, then {Words.Of(whole.End)}{Words.Bounds(whole)}"
            + (split.End == whole.End ? "" : $"; {Words.Of(split.End)} if the request is cut into segments");
    }

    private static void Section(TextWriter output, IEnumerable<string> lines)
    {
        output.WriteLine();
        foreach (string line in lines)
        {
            output.WriteLine(PlainText.OneLine(line));
        }
    }

    private static string List(IReadOnlyList<string> words) => words.Count == 0 ? "none" : string.Join(", ", words);
}
