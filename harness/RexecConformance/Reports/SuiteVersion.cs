using System.Reflection;

namespace RexecConformance.Reports;

/// <summary>The version of the suite as it stands in what it writes.</summary>
public static class SuiteVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(SuiteVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
