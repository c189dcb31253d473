namespace RexecConformance.Inetd;

/// <summary>A target that could not be started; the message is one line: what is wrong, and what to do.</summary>
/// <param name="message">The whole line.</param>
public sealed class TargetStartException(string message) : Exception(message);
