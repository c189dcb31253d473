using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Cases;

/// <summary>The names of what a client does about the auxiliary connection, as in scenario files.</summary>
internal static class AuxNames
{
    private static readonly (AuxMode Mode, string Name)[] s_names =
    [
        (AuxMode.None, "none"),
        (AuxMode.Listen, "listen"),
        (AuxMode.Refuse, "refuse"),
        (AuxMode.AcceptLate, "accept-late"),
        (AuxMode.NeverAccept, "never-accept"),
        (AuxMode.Reset, "reset"),
        (AuxMode.BacklogFull, "backlog-full"),
        (AuxMode.Privileged, "privileged"),
    ];

    public static string Of(AuxMode mode) => Array.Find(s_names, pair => pair.Mode == mode).Name;

    public static AuxMode Read(string name) => Array.Find(s_names, pair => pair.Name == name) is { Name: not null } found
        ? found.Mode
        : throw new FormatException($"'aux' is '{name}', expected {string.Join(", ", s_names.Select(pair => pair.Name))}");
}
