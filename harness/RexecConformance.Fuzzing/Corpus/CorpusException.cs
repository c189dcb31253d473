namespace RexecConformance.Fuzzing.Corpus;

/// <summary>A corpus folder that can't be used (usage error).</summary>
/// <param name="message">The whole line.</param>
/// <param name="inner">What the system said.</param>
public sealed class CorpusException(string message, Exception? inner = null) : Exception(message, inner);
