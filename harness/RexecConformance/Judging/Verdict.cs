using RexecConformance.Transcripts;

namespace RexecConformance.Judging;

/// <summary>The outcome of one variant on one target.</summary>
public enum Verdict
{
    /// <summary>As expected.</summary>
    Pass,

    /// <summary>Not as expected.</summary>
    Fail,

    /// <summary>A listed deviation failed as listed.</summary>
    Xfail,

    /// <summary>A listed deviation passed.</summary>
    Xpass,

    /// <summary>A scenario that it depends on failed.</summary>
    Blocked,

    /// <summary>The target lacks what the scenario needs.</summary>
    Unsupported,

    /// <summary>The dialect says nothing about it.</summary>
    Unspecified,

    /// <summary>A fault of the suite itself.</summary>
    Error,
}

/// <summary>What a finding is about; the end of a stream is judged apart from its bytes.</summary>
public enum FindingKind
{
    /// <summary>Wrong bytes.</summary>
    Bytes,

    /// <summary>Ended in another way, or not.</summary>
    End,

    /// <summary>Too early or too late.</summary>
    Time,

    /// <summary>Connected or not.</summary>
    Connection,

    /// <summary>Something awaited did not come.</summary>
    Await,

    /// <summary>Why the others are no wonder: the captured server was of another dialect.</summary>
    Dialect,
}

/// <summary>One thing that was not as expected.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Stream">The stream, or null.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Offset">The first differing byte, or -1.</param>
public sealed record Finding(FindingKind Kind, StreamName? Stream, string Text, int Offset = -1);
