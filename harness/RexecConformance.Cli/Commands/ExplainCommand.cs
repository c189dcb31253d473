using System.CommandLine;
using RexecConformance.Accounts;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>explain</c>.</summary>
internal static class ExplainCommand
{
    private const string Hidden = "******";

    public static Command Create()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("ID") { Description = "The scenario's id, or ID#SEGMENTATION" };
        Option<string?> dialect = TargetOptions.Dialect("Only what this dialect must answer");
        var hex = new Option<bool>("--hex") { Description = "Bytes as hexadecimal digits" };
        var target = new Option<string?>("--target") { Description = "With the accounts of a target file, passwords as stars, and by its dialect", HelpName = "file:TARGET.yaml" };
        var command = new Command(
            "explain",
            "Shows a scenario as a dialogue in words: what the client does, and what a server of each dialect does and must send, on what evidence.\n\n"
            + "Example: rexec-conformance explain success-aux --dialect debian")
        {
            id, dialect, hex, target,
        };
        command.Options.Add(common.Scenarios);
        command.SetAction(parsed =>
        {
            if (ScenarioFolder.Load(parsed.GetValue(common.Scenarios)) is not { } tree)
            {
                return ExitCodes.Usage;
            }

            try
            {
                return Explain(tree, parsed.GetValue(id)!, parsed.GetValue(dialect), parsed.GetValue(hex), parsed.GetValue(target));
            }
            catch (TargetSpecException e)
            {
                return Said.Wrong(e);
            }
        });
        return command;
    }

    private static int Explain(ScenarioTree tree, string id, string? dialect, bool hex, string? target)
    {
        string[] parts = id.Split('#', 2);
        if (tree.Scenarios.FirstOrDefault(s => s.Id == parts[0]) is not { } scenario)
        {
            string[] ids = [.. tree.Scenarios.Select(s => s.Id)];
            string near = string.Join(", ", ids.Where(other => other.Contains(parts[0], StringComparison.Ordinal)).Take(5));
            near = near.Length > 0 ? $"; near it: {near}" : Nearest.Remark(parts[0], ids) is { Length: > 0 } remark ? remark : " (see: rexec-conformance list)";
            return Said.Line($"there is no scenario '{parts[0]}'{near}", ExitCodes.NothingMatched);
        }

        Fragmentation? segmentation = parts.Length == 1 ? null : scenario.Fragments.FirstOrDefault(one => one.Name == parts[1]);
        if (parts.Length > 1 && segmentation is null)
        {
            return Said.Line($"'{scenario.Id}' has no segmentation '{parts[1]}', expected one of: {string.Join(", ", scenario.Fragments.Select(one => one.Name))}", ExitCodes.NothingMatched);
        }

        TargetProfile? profile = target is null ? null : Profile(target);
        dialect ??= profile?.Dialect;
        if (dialect is not null && !tree.Dialects.ContainsKey(dialect))
        {
            return Said.Line($"there is no dialect '{dialect}', expected one of: {string.Join(", ", tree.Dialects.Keys)}{Nearest.Remark(dialect, tree.Dialects.Keys)}", ExitCodes.Usage);
        }

        AccountFile? accounts = profile is null ? null : AccountFile.Of([.. profile.Accounts.Accounts.Select(account => account with { Password = Hidden })]);
        if (accounts is not null && scenario.Accounts.FirstOrDefault(key => !accounts.TryGet(key, out _)) is { } missing)
        {
            return Said.Line($"{target} has no account '{missing}': the scenario is unsupported there", ExitCodes.NothingMatched);
        }

        Explanation.Write(Console.Out, scenario, tree, accounts, profile?.ArgumentList, new ExplanationOptions { Dialect = dialect, Hex = hex, Segmentation = segmentation });
        return ExitCodes.Green;
    }

    private static TargetProfile Profile(string text)
    {
        TargetSpec spec = TargetSpec.Parse(text);
        if (spec.Kind != "file")
        {
            throw new TargetSpecException($"--target is '{text}', expected file:TARGET.yaml: other targets have the suite's own accounts");
        }

        var problems = new List<Problem>();
        TargetFile? file = TargetFile.Read(spec.Argument, problems);
        return file is not null && problems.Count == 0 ? file.Profile : throw new TargetSpecException(problems);
    }
}
