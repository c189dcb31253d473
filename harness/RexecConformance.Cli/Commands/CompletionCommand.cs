using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>completion</c>: prints what makes a shell complete this command.</summary>
internal static class CompletionCommand
{
    private static readonly string[] s_shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or powershell" };
        _ = shell.AcceptOnlyFromAmong(s_shells);
        var command = new Command(
            "completion",
            "Prints a script that makes a shell complete verbs, options, their values, scenario ids, targets and files (docs/tool.md).\n\n"
            + "Example: rexec-conformance completion bash")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream("completion." + name)
                ?? throw new InvalidOperationException($"the script for {name} is missing from this build");
            using var reader = new StreamReader(script);
            Console.Out.Write(reader.ReadToEnd());
            return ExitCodes.Green;
        });
        return command;
    }
}
