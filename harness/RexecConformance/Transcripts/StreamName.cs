namespace RexecConformance.Transcripts;

/// <summary>The two TCP connections of an exchange.</summary>
public enum StreamName
{
    /// <summary>Opened by the client: request, standard input and output.</summary>
    Primary,

    /// <summary>Opened by the server to the client's port: standard error, and signals the other way.</summary>
    Aux,
}
