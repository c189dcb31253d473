using RexecConformance.Bytes;
using RexecConformance.Fuzzing;
using RexecConformance.Fuzzing.Finds;
using RexecConformance.Fuzzing.Oracles;
using RexecConformance.Fuzzing.Running;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Reports;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Commands;

/// <summary><c>fuzz --replay FIND</c>: asks the smallest case of a find again.</summary>
internal sealed class FuzzReplay(FuzzSession session, ScenarioTree tree)
{
    // What shows only now and then over sockets has as many tries as it had when it was found.
    private const int Tries = 5;

    /// <summary>1 if it still shows, 0 if it does not.</summary>
    public async Task<int> RunAsync(string path, CancellationToken cancel)
    {
        FuzzFind find = FindFile.Read(path);
        IReadOnlyList<string> targets = session.Targets.Count > 0 ? session.Targets : [.. find.Sides.Select(side => side.Target)];
        string? dialect = session.Dialect ?? (session.Targets.Count == 0 ? find.Sides[find.Guilty].Dialect : null);
        await using FuzzLanes lanes = await FuzzLanes.OpenAsync(FuzzLanes.Plan(targets, dialect, tree), tree, session.Reach(tree), cancel);
        FuzzLane lane = lanes.Lanes[0];
        OracleKind oracle = Enum.Parse<OracleKind>(find.Oracle, ignoreCase: true);
        var examiner = new Examiner(lane, new Vocabulary(tree.Dialects.Values), known: session.ReportKnown || oracle == OracleKind.Difference);
        for (int i = 0; i < lane.Parties.Count; i++)
        {
            if (Withheld(find.Smallest, lane.Parties[i].Target, examiner.Context(i), path) is { } why)
            {
                return Said.Line($"{path}: not sent: {why}", ExitCodes.NothingMatched);
            }
        }

        Examination? other = null;
        for (int i = 0; i < (lane.InMemory ? 1 : Tries); i++)
        {
            Examination seen = await LookAsync(examiner, find, oracle, cancel);
            if (seen.Symptom?.Kind == find.Kind)
            {
                return Shows(find with { Sides = Sides(lane, seen), Title = FindTitle.Of(seen.Symptom, find.Smallest, seen, lane, examiner.Context(seen.Symptom.Party)) });
            }

            other = seen.Symptom is null ? other : seen;
        }

        if (other is { Symptom: { } symptom })
        {
            return Shows(find with { Kind = symptom.Kind, Sides = Sides(lane, other), Title = FindTitle.Of(symptom, find.Smallest, other, lane, examiner.Context(symptom.Party)) });
        }

        Console.Out.WriteLine($"does not show any more: {find.Kind}");
        return ExitCodes.Green;
    }

    // A file may come from anybody: it is held to what made-up cases are held to.
    private static string? Withheld(FuzzCase one, IFuzzTarget target, IByteContext context, string path)
    {
        try
        {
            Resolve(one, context);
            return target.RealShell && !HarmlessCommands.Safe(one, context, target.Shell) ? $"{target.Name} has a real shell, and the case might run something in it"
                : !target.InMemory && !HarmlessPorts.Safe(one, context) ? $"{target.Name} might connect to a port of this machine that is not the case's own"
                : null;
        }
        catch (KeyNotFoundException e)
        {
            throw new FormatException($"{path}: can't be asked of {target.Name}: {e.Message}", e);
        }
    }

    private static void Resolve(FuzzCase one, IByteContext context)
    {
        foreach (BytesStep step in one.Send.OfType<BytesStep>())
        {
            _ = step.Bytes.Resolve(context);
        }

        foreach (FuzzCase companion in one.Companions)
        {
            Resolve(companion, context);
        }
    }

    private static async Task<Examination> LookAsync(Examiner examiner, FuzzFind find, OracleKind oracle, CancellationToken cancel)
    {
        Examination seen = await examiner.AgainAsync(find.Smallest, oracle, cancel);
        if (oracle != OracleKind.Trouble || seen.Symptom is not null || find.Guilty >= examiner.Lane.Parties.Count)
        {
            return seen;
        }

        FuzzParty party = examiner.Lane.Parties[find.Guilty];
        return await party.Target.HealthAsync(cancel) is { } line ? seen with { Symptom = TroubleOracle.Of(party.Target.Dialect, find.Guilty, line) } : seen;
    }

    private static FindSide[] Sides(FuzzLane lane, Examination seen) =>
    [
        .. lane.Parties.Select((party, i) => new FindSide(party.Target.Name, party.Target.Dialect, seen.Outcomes[i], seen.Predicted[i].Reply, PredictedText.Of(seen.Predicted[i]))),
    ];

    private static int Shows(FuzzFind find)
    {
        Console.Out.WriteLine("still shows:");
        FuzzSummary.WriteFind(BuildLog.Of(Console.Out), find, FuzzSession.Colour(Console.Out));
        return ExitCodes.Red;
    }
}
