using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>The harness's own reading of a request: what a server of one dialect must answer to any case at all.</summary>
public interface IPredictor
{
    /// <summary>The dialect.</summary>
    string Dialect { get; }

    /// <summary>What must come. May be called by several threads at once; never waits.</summary>
    /// <param name="fuzzCase">The case; its companions are not looked at.</param>
    /// <param name="auxPort">The port that the client listens on, as it stands in the request; 0 if there is none.</param>
    PredictedAnswer Predict(FuzzCase fuzzCase, int auxPort);

    /// <summary>The names of all replies that the dialect knows (<see cref="PredictedAnswer.Reply"/>), for the list of those never reached.</summary>
    IReadOnlyList<string> Replies { get; }
}

/// <summary>What must come on one stream; null is not stated by the dialect, or a race that nobody can tell.</summary>
/// <param name="Connected">Whether there is a connection.</param>
/// <param name="Content">All that the server sends.</param>
/// <param name="End">How it ends; <see cref="EndRule.Closed"/> is FIN or RST.</param>
public sealed record PredictedStream(bool? Connected, ExpectedContent? Content, EndRule? End);

/// <summary>What a server of a dialect must answer to a case.</summary>
public sealed record PredictedAnswer
{
    /// <summary>Which reply it is, a slug: <c>accepted</c>, <c>username-too-long</c>, <c>bad-password</c>, <c>aux-refused</c>, <c>silent-close</c>, <c>hangs</c>...</summary>
    public required string Reply { get; init; }

    /// <summary>On the primary connection.</summary>
    public required PredictedStream Primary { get; init; }

    /// <summary>On the auxiliary connection.</summary>
    public required PredictedStream Aux { get; init; }

    /// <summary>The fewest bytes on the primary connection that the client must have sent before the server may say anything; null if that can't be told or nothing is ever said.</summary>
    public int? AnswerableAfter { get; init; }

    /// <summary>
    /// The server ends its streams no earlier, counted from the connection: a time-out, or a command that takes its time; null if it does so at once or never. A
    /// client that gives up sooner sees them open, with the first of their bytes. Where the end itself is not stated, it still is no sooner.
    /// </summary>
    public TimeSpan? EndsAfter { get; init; }

    /// <summary>The server ends its streams no later, counted from the connection; null if no bound is stated.</summary>
    public TimeSpan? EndsWithin { get; init; }

    /// <summary>Why nothing at all is stated, or null. The streams then have no values.</summary>
    public string? Unspecified { get; init; }
}
