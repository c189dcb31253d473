using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>Answers and streams that come again and again.</summary>
internal static class Answers
{
    /// <summary>The reply of a case that the dialect says nothing about.</summary>
    public const string NotStated = "unspecified";

    /// <summary>Nothing is known of a stream.</summary>
    public static PredictedStream NothingStated { get; } = new(null, null, null);

    /// <summary>There is no connection.</summary>
    public static PredictedStream NoConnection { get; } = new(false, null, null);

    /// <summary>A connection on which nothing comes, closed in order.</summary>
    public static PredictedStream Silent { get; } = new(true, ExpectedContent.Nothing, EndRule.Fin);

    /// <summary>A connection on which nothing comes and that stays.</summary>
    public static PredictedStream Waiting { get; } = new(true, ExpectedContent.Nothing, EndRule.Open);

    /// <summary>An answer that states nothing.</summary>
    public static PredictedAnswer Unspecified(string why) => new()
    {
        Reply = NotStated,
        Primary = NothingStated,
        Aux = NothingStated,
        Unspecified = why,
    };
}
