namespace RexecConformance.Accounts;

/// <summary>An accounts file that is not what the format says; the message is one line, <c>file:line:column: what, expected what</c>.</summary>
/// <param name="message">The whole line.</param>
public sealed class AccountFileException(string message) : Exception(message);
