using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Doubles;

/// <summary>A server of a few lines, with a mistake in it if a test wants one: names of up to 14 characters, nobody may log in.</summary>
internal sealed class Server : IFuzzTarget
{
    public const string TooLong = "\u0001username too long\n";
    public const string Unknown = "\u0001Login incorrect.\n";

    private int _left;

    public string Name { get; init; } = "double:server";

    public string Dialect { get; init; } = "double";

    public AccountFile Accounts => AccountFile.Default;

    public Shell Shell => Shell.Sh;

    public bool RealShell { get; init; }

    public bool InMemory { get; init; } = true;

    public int AtOnce => 16;

    /// <summary>The longest name that it takes.</summary>
    public int Limit { get; init; } = 14;

    /// <summary>What it makes of the outcome at last.</summary>
    public Func<FuzzCase, string, FuzzOutcome, FuzzOutcome> Mistake { get; init; } = (_, _, outcome) => outcome;

    /// <summary>Requests after which something is left.</summary>
    public Func<string, bool> Leaves { get; init; } = _ => false;

    /// <summary>Is told of each case before it is answered.</summary>
    public Func<FuzzCase, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public async ValueTask<FuzzOutcome> AskAsync(FuzzCase fuzzCase, CancellationToken cancel)
    {
        await Before(fuzzCase, cancel);
        string request = Request(fuzzCase);
        if (Leaves(request))
        {
            _ = Interlocked.Increment(ref _left);
        }

        string reply = Reply(request, Limit);
        return Mistake(fuzzCase, request, new FuzzOutcome
        {
            Primary = new OutcomeStream(true, Encoding.Latin1.GetBytes(reply), StreamEnd.Fin),
            Aux = OutcomeStream.None,
            AnsweredAfter = reply.Length == 0 ? null : request.Length,
        });
    }

    public ValueTask<string?> HealthAsync(CancellationToken cancel) =>
        ValueTask.FromResult(Volatile.Read(ref _left) is > 0 and var left ? $"{left} descriptors more than at the start" : null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What is right.</summary>
    public static string Reply(string request, int limit = 14)
    {
        string[] fields = request.Split('\0');
        return fields.Length < 3 ? "" : fields[1].Length > limit ? TooLong : fields.Length < 5 ? "" : Unknown;
    }

    public static string Request(FuzzCase fuzzCase) =>
        Encoding.Latin1.GetString([.. fuzzCase.Send.OfType<BytesStep>().SelectMany(step => step.Bytes.Resolve(new AccountContext(AccountFile.Default)))]);
}
