using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

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
    /// <param name="options">What is shown; null is all, as text.</param>
    public static void Write(
        TextWriter output, Scenario scenario, ScenarioTree tree, AccountFile? accounts = null, int? argumentList = null, ExplanationOptions? options = null)
    {
        options ??= new ExplanationOptions();
        var context = new AccountContext(accounts ?? tree.Fixtures.Accounts, argumentList);
        output.WriteLine(PlainText.OneLine($"{scenario.Id}: {scenario.Title}"));
        output.WriteLine(PlainText.OneLine($"  level {scenario.Level.ToString().ToLowerInvariant()}; tags {List(scenario.Tags)}"));
        output.WriteLine(options.Segmentation is { } only ? $"  variant {only.Name}" : $"  variants {string.Join(", ", scenario.Fragments.Select(f => f.Name))}");
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
        Section(output, StepText.Circumstances(inShell).Append("connects to the server's TCP port 512: the primary connection")
            .Select(line => "      " + line).Concat(StepText.Steps(inShell, context, options.Hex).Select(line => "  " + line)).Prepend("the client"));
        if (options.Segmentation is { } segmentation)
        {
            Section(output, Segments(inShell, segmentation, context, options.Hex));
        }

        WriteDialects(output, scenario, tree, context, argumentList, options);
    }

    private static IEnumerable<string> Segments(Scenario scenario, Fragmentation segmentation, IByteContext context, bool hex)
    {
        const int Shown = 12;
        List<byte[]> segments = [.. new Variant(scenario, segmentation).Expand(context).OfType<Send>().Where(send => send.Stream == StreamName.Primary).Select(send => send.Bytes)];
        yield return $"cut into {Words.Count(segments.Count, "TCP segment")}";
        foreach (byte[] segment in segments.Take(Shown))
        {
            yield return "  " + (hex ? StepText.HexText(segment) : EscapedBytes.Quote(segment, null, 80));
        }

        if (segments.Count > Shown)
        {
            yield return $"  ... and {segments.Count - Shown} more";
        }
    }

    private static void WriteDialects(
        TextWriter output, Scenario scenario, ScenarioTree tree, IByteContext context, int? argumentList, ExplanationOptions options)
    {
        var unspecified = new List<string>();
        var expectations = new List<(string Text, string Dialect, ExpectedExchange Expected)>();
        foreach (Dialect dialect in tree.Dialects.Values.Where(d => options.Dialect is null || d.Name == options.Dialect).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            ExpectedExchange? whole = ExpectationResolver.Resolve(scenario, dialect, context, argumentList, split: false, out string? why);
            if (whole is null)
            {
                unspecified.Add($"  {dialect.Name}: unspecified: {why}");
                continue;
            }

            ExpectedExchange split = ExpectationResolver.Resolve(scenario, dialect, context, argumentList, split: true, out _) ?? whole;
            (ExpectedExchange first, ExpectedExchange second) = options.Segmentation is null ? (whole, split)
                : options.Segmentation is WholeFragmentation ? (whole, whole) : (split, split);
            IEnumerable<string> lines = ServerMoments.Of(scenario, dialect, whole).Select(moment => $"  {moment.When,-12} {moment.What}")
                .Append(Stream("primary", first, first.Primary, second.Primary, options.Hex))
                .Concat(scenario.AsksForAux ? [Stream("aux", first, first.Aux, second.Aux, options.Hex)] : []);
            expectations.Add((string.Join('\n', lines), dialect.Name, whole));
        }

        foreach (var group in expectations.GroupBy(e => e.Text))
        {
            IEnumerable<string> basis = group.SelectMany(e => e.Expected.Basis
                .Select(line => $"      {line}").Prepend($"    basis in {e.Dialect}"));
            Section(output, group.Key.Split('\n').Prepend("the server, in " + string.Join(", ", group.Select(e => e.Dialect))).Concat(basis));
        }

        if (unspecified.Count > 0)
        {
            Section(output, unspecified.Prepend("unspecified: what the sources of these say nothing about is neither right nor wrong"));
        }
    }

    private static string Stream(string name, ExpectedExchange exchange, ExpectedStream whole, ExpectedStream split, bool hex)
    {
        if (!whole.Check)
        {
            return $"  {name,-12} not judged";
        }

        if (!whole.Connected || whole.Connection is not null)
        {
            return $"  {name,-12} no connection";
        }

        string bytes = whole.Content.IsLiteral
            ? whole.Content.LiteralBytes is { Length: > 0 } all ? Text(all, hex) : "no byte"
            : string.Join(' ', whole.Content.Parts.Select(part =>
                part.Bytes is { } literal ? Text(literal, hex) : $"<{PlainText.OneLine(part.Pattern!)}>"));
        string line = $"  {name,-12} {bytes}, then {Words.Of(whole.End)}{Words.Bounds(whole)}"
            + (split.End == whole.End ? "" : $"; {Words.Of(split.End)} if the request is cut into segments");
        return ServerMoments.Meaning(exchange, whole) is { Length: > 0 } meaning ? $"{line}\n{new string(' ', 15)}({meaning})" : line;
    }

    private static string Text(byte[] bytes, bool hex) => hex ? StepText.HexText(bytes) : EscapedBytes.Quote(bytes, null, 120);

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
