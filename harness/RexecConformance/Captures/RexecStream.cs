namespace RexecConformance.Captures;

/// <summary>The two connections of one rexec exchange.</summary>
public enum RexecStream
{
    /// <summary>To port 512: the request, the command's input and output.</summary>
    Primary,

    /// <summary>From the server to the port that the client named: the command's error output, and signals.</summary>
    Aux,
}

/// <summary>The two ends of a conversation, whoever opened the TCP connection.</summary>
public enum Side
{
    /// <summary>Who asks for a command to be run.</summary>
    Client,

    /// <summary>Who runs it.</summary>
    Server,
}
