namespace RexecConformance.Testing;

/// <summary>A red row; the message is the case as the command's summary tells it.</summary>
/// <param name="message">The whole text, several lines.</param>
public sealed class RexecFailedException(string message) : Exception(message), IAssertionException;

/// <summary>xunit 3 goes by this name: what carries it is a failure and not an error.</summary>
internal interface IAssertionException;
