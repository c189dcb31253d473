using System.Net;
using RexecConformance.Accounts;
using RexecConformance.Scenarios;
using RexecConformance.Wire;
using RexecConformance.Yaml;
using YamlDotNet.RepresentationModel;

namespace RexecConformance.Targets;

/// <summary>A target described in a file (docs/targets.md): where it is and what it has.</summary>
/// <param name="Start">How it is reached: <c>tcp:HOST:PORT</c> or <c>inetd:/PATH [ARGS]</c>.</param>
/// <param name="Profile">What is known of it.</param>
public sealed record TargetFile(string Start, TargetProfile Profile)
{
    /// <summary>Reads a target file. All its problems come back at once.</summary>
    public static TargetFile? Read(string path, List<Problem> problems)
    {
        SourceFile source = SourceFile.Read(path, problems);
        if (source.RootMapping("a target file") is not { } map)
        {
            return null;
        }

        map.RequireFormatOne();
        string start = map.RequireText("target");
        if (start.Length > 0 && !start.StartsWith("tcp:", StringComparison.Ordinal) && !start.StartsWith("inetd:", StringComparison.Ordinal))
        {
            source.Report(map.Node, $"target is '{start}', expected tcp:HOST:PORT or inetd:/PATH [ARGS]");
        }

        TargetProfile profile = ReadProfile(map);
        map.Finish();
        return new TargetFile(start, profile);
    }

    /// <summary>Reads what is said of a target whatever it is; a container image's description has the same keys.</summary>
    public static TargetProfile ReadProfile(MappingReader map)
    {
        string? argumentList = map.OptionalText("argument-list");
        int length = 0;
        if (argumentList is not null && !int.TryParse(argumentList, out length))
        {
            map.Source.Report(map.Node, $"argument-list is '{argumentList}', expected a number of characters");
        }

        string? atOnce = map.OptionalText("at-once");
        int most = 0;
        if (atOnce is not null && (!int.TryParse(atOnce, out most) || most < 1))
        {
            map.Source.Report(map.Node, $"at-once is '{atOnce}', expected a number of variants, 1 or more");
        }

        return new TargetProfile
        {
            Dialect = map.RequireText("dialect"),
            Accounts = ReadAccounts(map) ?? AccountFile.Default,
            Shell = ReadShell(map),
            Capabilities = map.Texts("capabilities").ToHashSet(),
            ArgumentList = argumentList is null ? null : length,
            AtOnce = atOnce is null ? null : most,
            AuxListen = ReadAddress(map),
            Deviations = ReadDeviations(map),
        };
    }

    private static AccountFile? ReadAccounts(MappingReader map)
    {
        if (!map.TryTake("accounts", out YamlNode? node) || map.Source.Mapping(node, "accounts") is not { } list)
        {
            return null;
        }

        var accounts = new List<Account>();
        foreach (string key in list.Left.ToList())
        {
            _ = list.TryTake(key, out YamlNode? value);
            if (map.Source.Mapping(value!, key) is { } entry)
            {
                string name = entry.RequireText("name");
                accounts.Add(new Account(
                    key,
                    name,
                    ReadPassword(entry, key),
                    Uid: 0,
                    Gid: 0,
                    entry.OptionalText("home") ?? "/home/" + name,
                    entry.OptionalText("shell") ?? "/bin/sh"));
                entry.Finish();
            }
        }

        return AccountFile.Of(accounts);
    }

    private static string ReadPassword(MappingReader entry, string key)
    {
        string? password = entry.OptionalText("password");
        string? variable = entry.OptionalText("password-env");
        if (password is null == variable is null)
        {
            entry.Source.Report(entry.Node, $"the account '{key}' needs either 'password' or 'password-env' (the name of an environment variable)");
        }
        else if (variable is not null && (password = Environment.GetEnvironmentVariable(variable)) is null)
        {
            entry.Source.Report(entry.Node, $"the environment variable {variable}, which holds the password of '{key}', is not set");
        }

        return password ?? "";
    }

    private static Shell ReadShell(MappingReader map)
    {
        if (!map.TryTake("shell", out YamlNode? node))
        {
            return Shell.Sh;
        }

        if (node is YamlScalarNode { Value: "sh" or "cmd" } scalar)
        {
            return scalar.Value == "sh" ? Shell.Sh : Shell.Cmd;
        }

        if (map.Source.Mapping(node, "shell") is not { } shell)
        {
            return Shell.Sh;
        }

        string name = shell.RequireText("name");
        var texts = new Dictionary<string, string>();
        if (shell.Require("operations") is { } operations && map.Source.Mapping(operations, "operations") is { } list)
        {
            foreach (string operation in list.Left.ToList())
            {
                texts[operation] = list.RequireText(operation);
                if (!Shell.Operations.Contains(operation))
                {
                    map.Source.Report(operations, $"there is no operation '{operation}', expected one of: {string.Join(", ", Shell.Operations)}");
                }
            }
        }

        shell.Finish();
        return new Shell(name, texts);
    }

    private static IPAddress? ReadAddress(MappingReader map)
    {
        if (!map.TryTake("aux-listen", out YamlNode? node))
        {
            return null;
        }

        if (IPAddress.TryParse(map.Text(node, "aux-listen"), out IPAddress? address) && LocalAddress.CanBind(address))
        {
            return address;
        }

        map.Source.Report(node, "'aux-listen' expects an IP address of this host");
        return null;
    }

    private static IReadOnlyList<Deviation> ReadDeviations(MappingReader map)
    {
        var deviations = new List<Deviation>();
        if (!map.TryTake("deviations", out YamlNode? node))
        {
            return deviations;
        }

        if (node is YamlScalarNode { Value: { Length: > 0 } file })
        {
            // A file of its own, beside this one.
            var problems = new List<Problem>();
            IReadOnlyList<Deviation> read = DeviationFile.Read(Path.Combine(Path.GetDirectoryName(map.Source.Path) ?? "", file), problems);
            problems.ForEach(problem => map.Source.Report(node, problem.ToString()));
            return read;
        }

        if (node is not YamlSequenceNode list)
        {
            map.Source.Report(node, "'deviations' expects the path of a list, or a list of { scenario, reason }");
            return deviations;
        }

        foreach (YamlNode child in list.Children)
        {
            if (map.Source.Mapping(child, "a deviation") is { } entry)
            {
                var deviation = new Deviation(entry.RequireText("scenario"), entry.RequireText("reason"));
                entry.Finish();
                if (string.IsNullOrWhiteSpace(deviation.Reason))
                {
                    map.Source.Report(child, "a deviation needs a 'reason'");
                }

                deviations.Add(deviation);
            }
        }

        return deviations;
    }
}
