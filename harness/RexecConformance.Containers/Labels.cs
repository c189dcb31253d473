namespace RexecConformance.Containers;

/// <summary>The labels on what the suite makes. Only what carries them is ever listed or removed.</summary>
public static class Labels
{
    /// <summary>The run's id, eight hexadecimal digits.</summary>
    public const string Run = Prefix + "run";

    /// <summary>The container's folder in <c>docker/</c>.</summary>
    public const string Target = Prefix + "target";

    /// <summary>On an image: the folder that it was built from.</summary>
    public const string Image = Prefix + "image";

    internal const string ProcessId = Prefix + "pid";
    internal const string ProcessStart = Prefix + "start";
    internal const string Machine = Prefix + "machine";
    internal const string Boot = Prefix + "boot";
    internal const string ProcessSpace = Prefix + "pid-namespace";

    private const string Prefix = "rexec-conformance.";
}
