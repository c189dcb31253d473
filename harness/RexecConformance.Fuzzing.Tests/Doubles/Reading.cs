using System.Text;
using RexecConformance.Fuzzing.Prediction;
using RexecConformance.Judging;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Doubles;

/// <summary>What <see cref="Server"/> must answer.</summary>
internal sealed class Reading : IPredictor
{
    public string Dialect { get; init; } = "double";

    /// <summary>The longest name.</summary>
    public int Limit { get; init; } = 14;

    /// <summary>False: only that there is a connection.</summary>
    public bool States { get; init; } = true;

    public IReadOnlyList<string> Replies => ["silent-close", "unknown-user", "username-too-long", "never-seen"];

    public PredictedAnswer Predict(FuzzCase fuzzCase, int auxPort)
    {
        string request = Server.Request(fuzzCase);
        string reply = Server.Reply(request, Limit);
        return new PredictedAnswer
        {
            Reply = reply == Server.TooLong ? "username-too-long" : reply == Server.Unknown ? "unknown-user" : "silent-close",
            Primary = new PredictedStream(true, States ? ExpectedContent.Of(Encoding.Latin1.GetBytes(reply)) : null, EndRule.Fin),
            Aux = new PredictedStream(false, null, null),
            AnswerableAfter = reply.Length == 0 ? null : request.IndexOf('\0') + 2,
        };
    }
}
