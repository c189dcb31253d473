namespace RexecConformance.Testing;

/// <summary>What a test asks for is not there or not valid; the message says what was expected, one line for each mistake.</summary>
/// <param name="message">The whole text.</param>
public sealed class RexecDataException(string message) : Exception(message);
