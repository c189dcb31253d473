namespace RexecConformance.Captures.Showing;

/// <summary>Every conversation in full, with an empty line between two.</summary>
public sealed class DialoguePrinter(TextWriter output) : IConversationPrinter
{
    private bool _any;

    /// <inheritdoc/>
    public void Add(ShownConversation shown)
    {
        if (_any)
        {
            output.WriteLine();
        }

        _any = true;
        DialogueText.Write(output, shown);
    }

    /// <inheritdoc/>
    public void Complete(IReadOnlyList<string> warnings, CaptureFault? fault, int connections) => output.Flush();
}
