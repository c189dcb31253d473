namespace RexecConformance.Captures.Replay;

/// <summary>What has to be ready at the port that the request names.</summary>
public enum AuxMode
{
    /// <summary>Nothing: no aux connection is asked for.</summary>
    None,

    /// <summary>A listener.</summary>
    Listen,

    /// <summary>A port that refuses connections: the captured server's attempt failed.</summary>
    Refuse,
}
