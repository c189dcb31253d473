namespace RexecConformance.Authoring;

/// <summary>What was asked for makes no scenario.</summary>
/// <param name="message">One line: what, where, what to do.</param>
public sealed class DraftException(string message) : Exception(message);
