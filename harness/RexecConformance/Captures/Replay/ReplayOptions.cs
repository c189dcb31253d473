namespace RexecConformance.Captures.Replay;

/// <summary>How a conversation is turned into a script.</summary>
public sealed record ReplayOptions
{
    /// <summary>1 keeps the pauses of the capture, 2 halves them; 0 sends each segment as soon as what it waited for has come.</summary>
    public double Speed { get; init; }

    /// <summary>Keeps the pauses as they are: a speed of 1.</summary>
    public bool OriginalPace
    {
        get => Speed == 1;
        init => Speed = value ? 1 : Speed;
    }

    /// <summary>The longest pause that is kept. Default: one minute.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much longer than in the capture the target may take for each thing that is waited for. Default: ten seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
