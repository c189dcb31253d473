namespace RexecConformance.Reports;

/// <summary>A report can't be written. The message is one line for people.</summary>
/// <param name="message">What can't be written, and why.</param>
public sealed class ReportException(string message) : Exception(message);
