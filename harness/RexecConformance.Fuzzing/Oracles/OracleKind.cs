namespace RexecConformance.Fuzzing.Oracles;

/// <summary>Why an outcome is wrong, the plainest reason first: of several only the first is told.</summary>
public enum OracleKind
{
    /// <summary>The server is gone, does not serve, or left something behind.</summary>
    Trouble,

    /// <summary>It answers what its own dialect does not.</summary>
    Prediction,

    /// <summary>It answers before it was asked.</summary>
    Early,

    /// <summary>It says what no dialect has.</summary>
    Vocabulary,

    /// <summary>Two servers differ, and their dialects do not say why.</summary>
    Difference,

    /// <summary>The bytes change with the segments of the request.</summary>
    Fragmentation,
}

/// <summary>What of a stream is wrong.</summary>
public enum Aspect
{
    /// <summary>Whether there is a connection.</summary>
    Connection,

    /// <summary>What came on it.</summary>
    Bytes,

    /// <summary>How it ended.</summary>
    End,

    /// <summary>When it came.</summary>
    Time,

    /// <summary>The server itself.</summary>
    Server,
}
