namespace Rexecd;

/// <summary>What a step of a scripted command does.</summary>
internal enum ScriptAct
{
    /// <summary>Writes bytes to standard output.</summary>
    Stdout,

    /// <summary>Writes bytes to standard error.</summary>
    Stderr,

    /// <summary>Reads so many bytes of input, and no more.</summary>
    Input,

    /// <summary>Reads input until the client has ended it.</summary>
    InputEnd,

    /// <summary>Reads so many bytes from the auxiliary connection.</summary>
    Signals,

    /// <summary>Does not end before the client has left.</summary>
    Hold,
}

/// <summary>One step of a scripted command.</summary>
/// <param name="Act">What is done.</param>
/// <param name="Bytes">For output: the bytes.</param>
/// <param name="Count">For input: how many bytes.</param>
internal sealed record ScriptStep(ScriptAct Act, byte[] Bytes, int Count);
