using System.Collections.Frozen;

namespace RexecConformance.Scenarios;

/// <summary>The texts of the operations for one kind of shell.</summary>
/// <param name="Name">The shell's name: sh, cmd, or one that a target file defines.</param>
/// <param name="Texts">The command text of each operation; an operation that is absent can't be done there.</param>
public sealed record Shell(string Name, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The Bourne shell and its heirs.</summary>
    public static Shell Sh { get; } = new("sh", new Dictionary<string, string>
    {
        ["nothing"] = "true",
        ["write-out"] = "echo out",
        ["write-both"] = "echo out; echo err >&2",
        ["copy-input"] = "cat",
        ["copy-input-to-stderr"] = "cat >&2",
        ["fail"] = "exit 7",
        ["print-home"] = "pwd",
        ["print-user"] = "id -un",
        ["sleep"] = "sleep 2",
        ["sleep-in-background"] = "sleep 2 & echo out",
        ["write-much"] = "seq 1 20000",
        ["catch-signal"] = "trap 'echo caught; exit 0' 15; echo ready; sleep 2 & wait; echo done",

        // Without what shells add by themselves; the client's address is the harness's own affair.
        ["print-environment"] = "env | LC_ALL=C sort | sed -e '/^PWD=/d' -e '/^OLDPWD=/d' -e '/^SHLVL=/d' -e '/^_=/d' -e 's/^RHOST=[0-9a-f.:]*$/RHOST=address/'",
    }.ToFrozenDictionary());

    /// <summary>cmd.exe; what it can't do is absent.</summary>
    public static Shell Cmd { get; } = new("cmd", new Dictionary<string, string>
    {
        ["nothing"] = "rem",
        ["write-out"] = "echo out",
        ["write-both"] = "echo out& echo err>&2",
        ["fail"] = "exit 7",
        ["print-home"] = "cd",
        ["print-user"] = "echo %USERNAME%",
    }.ToFrozenDictionary());

    /// <summary>All operations that a scenario may name.</summary>
    public static IReadOnlyCollection<string> Operations => (IReadOnlyCollection<string>)Sh.Texts.Keys;
}
