namespace RexecConformance.Testing;

/// <summary>A row that is neither right nor wrong on this server: unsupported, blocked, or a known deviation.</summary>
/// <param name="reason">Why, in one line.</param>
public sealed class RexecSkippedException(string reason) : Exception(Token + reason)
{
    // xunit 3 skips a test whose exception begins so.
    private const string Token = "$XunitDynamicSkip$";

    /// <summary>Why it is skipped.</summary>
    public string Reason => reason;

    /// <summary>The reason in the text of a message.</summary>
    public static string ReasonIn(string message) => message[(message.IndexOf(Token, StringComparison.Ordinal) is var at and >= 0 ? at + Token.Length : 0)..];
}
