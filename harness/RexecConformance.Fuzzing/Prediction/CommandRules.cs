namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What a dialect states about the command and its surroundings.</summary>
internal sealed class CommandRules(DialectRules rules)
{
    public string? ShellChoice { get; } = rules.Value("shell-choice");

    public bool EmptyShellIsSh { get; } = rules.Value("empty-shell") is not null;

    public bool EmptyCommand { get; } = rules.Value("empty-command") is not null;

    public bool RunsAtHome { get; } = rules.Value("working-directory") is not null;

    public bool RunsAsUser { get; } = rules.Value("runs-as") is not null;

    public bool ExitStatusNotSent { get; } = rules.Value("exit-status") is not null;

    public bool ChildHoldsStreams { get; } = rules.Value("background-child") is not null;

    public string? Environment { get; } = rules.Value("environment");

    public string? SearchPath { get; } = rules.Value("search-path");

    public string? EmptyShellVariable { get; } = rules.Value("empty-shell-variable");

    public string? Fork { get; } = rules.Value("fork");

    public string? ForkCheck { get; } = rules.Value("fork-check");

    public string? ReverseName { get; } = rules.Value("reverse-name");
}
