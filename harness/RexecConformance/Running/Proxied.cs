using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Running;

/// <summary>What can still be said of a target behind an engine's port proxy, and what not.</summary>
internal static class Proxied
{
    /// <summary>Why a variant proves nothing on this target, or null.</summary>
    public static string? Lacks(Variant variant, ITarget target)
    {
        if (variant.Scenario.Aux.Mode != AuxMode.None && target.Capabilities.Contains(TargetCapabilities.NoAux))
        {
            return "the server cannot connect back to this host";
        }

        return target.Capabilities.Contains(TargetCapabilities.Proxied) && variant.Fragmentation is not WholeFragmentation
            ? "a port proxy is in between, which merges fragments"
            : null;
    }

    /// <summary>The expectation with FIN and RST taken for the same on the primary, which the proxy makes anew.</summary>
    public static ExpectedExchange Relax(ExpectedExchange expected, ITarget target) =>
        target.Capabilities.Contains(TargetCapabilities.Proxied) && expected.Primary.End is EndRule.Fin or EndRule.Rst
            ? expected with { Primary = expected.Primary with { End = EndRule.Closed } }
            : expected;
}
