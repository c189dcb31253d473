namespace RexecConformance.Captures;

/// <summary>The two ends of a conversation, whoever opened the TCP connection.</summary>
public enum Side
{
    /// <summary>Who asks for a command to be run.</summary>
    Client,

    /// <summary>Who runs it.</summary>
    Server,
}
