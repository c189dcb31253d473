namespace RexecConformance.Targets;

/// <summary>Capabilities that say what a target's surroundings take away; all others say what it can do.</summary>
public static class TargetCapabilities
{
    /// <summary>
    /// A port proxy is in between: it turns resets into plain closes and merges segments, so that ends compare only as
    /// closed and nothing is claimed of fragments.
    /// </summary>
    public const string Proxied = "proxied";

    /// <summary>The server cannot connect back to the harness.</summary>
    public const string NoAux = "no-aux";
}
