namespace RexecConformance.Fuzzing.Prediction;

/// <summary>The fields of a request, in the order in which they are sent.</summary>
public enum RequestField
{
    /// <summary>The port for error output, in decimal.</summary>
    Port,

    /// <summary>The user name.</summary>
    Username,

    /// <summary>The password.</summary>
    Password,

    /// <summary>The command.</summary>
    Command,
}
