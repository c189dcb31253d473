namespace RexecConformance.Baselines;

/// <summary>How a recorded stream ended; as <see cref="Transcripts.StreamEnd"/>, and one for a race that has no winner.</summary>
public enum RecordedEnd
{
    /// <summary>Not ended while it was watched.</summary>
    Open,

    /// <summary>Orderly close.</summary>
    Fin,

    /// <summary>Reset.</summary>
    Rst,

    /// <summary>The client left first.</summary>
    Left,

    /// <summary>Closed or reset: which of them is a race in this case, so the next run may see the other.</summary>
    Closed,
}
