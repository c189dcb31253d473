namespace Rexecd;

/// <summary>The four NUL-terminated fields of a request, in order.</summary>
public enum Field
{
    /// <summary>Step 1: port of the auxiliary connection, decimal.</summary>
    Port,

    /// <summary>Step 3: user name.</summary>
    Username,

    /// <summary>Step 4: password.</summary>
    Password,

    /// <summary>Step 5: command for the shell.</summary>
    Command,
}

/// <summary>What the parser says of the bytes so far.</summary>
public enum ParseStatus
{
    /// <summary>The field goes on; all input was taken.</summary>
    NeedMore,

    /// <summary>The field's NUL was taken, nothing after it.</summary>
    Done,

    /// <summary>The field is too long for the dialect; nothing after the byte that made it so was taken.</summary>
    TooLong,

    /// <summary>The field is longer than this server stores.</summary>
    OverCeiling,
}
