using RexecConformance.Judging;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>What a command does that a server runs.</summary>
/// <param name="Operation">Its name, for <see cref="PredictedAnswer.Reply"/> and messages.</param>
/// <param name="Output">What it writes; null is not known.</param>
/// <param name="Errors">What it writes to its error output; null is not known.</param>
internal sealed record CommandEffect(string Operation, ExpectedContent? Output, ExpectedContent? Errors)
{
    private readonly ExpectedContent?[] _joined = new ExpectedContent?[4];

    // What was joined for the original is not right for a copy with other output.
    private CommandEffect(CommandEffect original)
    {
        (Operation, Output, Errors) = (original.Operation, original.Output, original.Errors);
        (Lasts, InBackground, ReadsInput, EndKnown) = (original.Lasts, original.InBackground, original.ReadsInput, original.EndKnown);
        _joined = new ExpectedContent?[4];
    }

    /// <summary>How long it takes.</summary>
    public TimeSpan Lasts { get; init; }

    /// <summary>True if it is over at once, and only its child lives on and holds the streams.</summary>
    public bool InBackground { get; init; }

    /// <summary>True if it reads its input, and ends with it.</summary>
    public bool ReadsInput { get; init; }

    /// <summary>False if it may read its input or not, and may end or not.</summary>
    public bool EndKnown { get; init; } = true;

    /// <summary>All that comes on a stream: the status byte, if it does, the output, the errors, if they come here.</summary>
    public ExpectedContent? On(bool status, bool output, bool errors)
    {
        if (!output)
        {
            return Joined(status, null, errors ? Errors : ExpectedContent.Nothing, withOutput: false);
        }

        int index = (status ? 1 : 0) + (errors ? 2 : 0);
        return _joined[index] ??= Joined(status, Output, errors ? Errors : ExpectedContent.Nothing, withOutput: true);
    }

    /// <summary>
    /// The same from a real process that leaves input unread: its kernel resets, and forgets what is not on its way yet. The second of two writes waits for the
    /// client's word that the first has come (seen on GNU's daemon, with a request of many segments).
    /// </summary>
    public ExpectedContent? LostInPart(bool status, bool errors)
    {
        ExpectedContent first = status ? ServerBytes.Status : ExpectedContent.Nothing;
        return Output is { IsLiteral: true } && Errors is { IsLiteral: true }
            ? ServerBytes.Join(first, ServerBytes.Beginning(Output.LiteralBytes, errors ? Errors.LiteralBytes : []))
            : ServerBytes.Open(first);
    }

    private static ExpectedContent? Joined(bool status, ExpectedContent? output, ExpectedContent? errors, bool withOutput)
    {
        ExpectedContent first = status ? ServerBytes.Status : ExpectedContent.Nothing;
        if (!withOutput)
        {
            return errors is null ? ServerBytes.Open(first) : ServerBytes.Join(first, errors);
        }

        return output is null ? ServerBytes.Open(first)
            : errors is null ? ServerBytes.Open(ServerBytes.Join(first, output))
            : ServerBytes.Join(ServerBytes.Join(first, output), errors);
    }
}
