namespace RexecConformance.Containers.Targets;

/// <summary>Names of containers: readable, and unique for all runs on an engine.</summary>
internal static class ContainerNames
{
    private static int s_count;

    public static string Next(string target) => $"rexec-conformance-{RunOwner.Current.Run}-{Interlocked.Increment(ref s_count)}-{target}";
}
