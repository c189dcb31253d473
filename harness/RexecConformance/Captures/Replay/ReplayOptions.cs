namespace RexecConformance.Captures.Replay;

/// <summary>How a conversation is turned into a script.</summary>
public sealed record ReplayOptions
{
    /// <summary>Keep the pauses of the capture; false sends each segment as soon as what it waited for has come.</summary>
    public bool OriginalPace { get; init; }

    /// <summary>The longest pause that is kept. Default: one minute.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much longer than in the capture the target may take for each thing that is waited for. Default: ten seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
