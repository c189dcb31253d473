namespace RexecConformance.Cli;

/// <summary>What the command's exit codes mean.</summary>
internal static class ExitCodes
{
    /// <summary>Nothing is red.</summary>
    public const int Green = 0;

    /// <summary>Something is red.</summary>
    public const int Red = 1;

    /// <summary>Wrong usage, or an invalid file.</summary>
    public const int Usage = 2;

    /// <summary>A target did not start, its canary failed, or it went away.</summary>
    public const int Target = 3;

    /// <summary>Nothing matched the filter, or nothing of it could be driven.</summary>
    public const int NothingMatched = 4;

    /// <summary>A fault of the suite itself.</summary>
    public const int OwnFault = 5;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
