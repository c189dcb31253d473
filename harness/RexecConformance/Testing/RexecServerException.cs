namespace RexecConformance.Testing;

/// <summary>The server did not start, failed a plain handshake, or went away: told once, not for each row.</summary>
/// <param name="message">Why, in one line.</param>
/// <param name="inner">What the test's own code threw, or null.</param>
public sealed class RexecServerException(string message, Exception? inner = null) : Exception(message, inner);
