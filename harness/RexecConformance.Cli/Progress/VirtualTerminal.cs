using Spectre.Console;

namespace RexecConformance.Cli.Progress;

/// <summary>Whether standard error's terminal understands escape sequences; on Windows they are switched on.</summary>
internal static class VirtualTerminal
{
    private static readonly Lazy<bool> s_enabled = new(() => AnsiConsole
        .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Profile.Capabilities is { Interactive: true, Ansi: true });

    /// <summary>True if it does.</summary>
    public static bool Enable() => s_enabled.Value;
}
