namespace RexecConformance.Captures.Showing;

/// <summary>Where conversations go, one after the other as they are found.</summary>
public interface IConversationPrinter
{
    /// <summary>Takes the next conversation.</summary>
    void Add(ShownConversation shown);

    /// <summary>There are no more.</summary>
    /// <param name="warnings">What the capture as a whole lacks.</param>
    /// <param name="fault">Where reading had to stop, or null.</param>
    /// <param name="connections">TCP connections in the capture.</param>
    void Complete(IReadOnlyList<string> warnings, CaptureFault? fault, int connections);
}
