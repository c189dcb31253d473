namespace RexecConformance.Captures.Showing;

/// <summary>What of a conversation is written out. What is not is a row of stars of the same length, wherever it stands.</summary>
public sealed record ShowOptions
{
    /// <summary>Whether passwords are written out.</summary>
    public bool Passwords { get; init; }

    /// <summary>Whether user names are written out: the first of Wireshark's two preferences for rexec.</summary>
    public bool UserNames { get; init; } = true;

    /// <summary>Whether commands are written out: the second.</summary>
    public bool Commands { get; init; } = true;
}
