using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>The acts of a case as a person writes them: accounts and operations by their names.</summary>
internal static class PromotedSteps
{
    /// <summary>The steps of the scenario.</summary>
    /// <exception cref="PromotionException">The format has no words for them.</exception>
    public static IReadOnlyList<SendStep> Of(FuzzCase fuzzCase, AccountFile accounts)
    {
        bool asksForAux = fuzzCase.Send.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);
        var steps = new List<SendStep>();
        foreach (SendStep step in fuzzCase.Send)
        {
            // Without a connection of the server an act on it does nothing.
            if (!asksForAux && TouchesAux(step))
            {
                continue;
            }

            steps.Add(step is BytesStep bytes ? Plain(bytes) : step);
        }

        return steps.Count == 0
            ? throw new PromotionException("the case sends nothing and does nothing: a scenario has one step at least")
            : Named(steps, accounts);
    }

    private static bool TouchesAux(SendStep step) => step is SignalStep or AwaitAuxStep
        or HalfCloseStep { Stream: StreamName.Aux } or CloseStep { Stream: StreamName.Aux } or ResetStep { Stream: StreamName.Aux }
        or AwaitBytesStep { Stream: StreamName.Aux } or AwaitEndStep { Stream: StreamName.Aux };

    // A field is its bytes and a NUL; one without it is bytes.
    private static BytesStep Plain(BytesStep step) =>
        step.IsField && step.Bytes.Parts is not [.., LiteralPart { Bytes: [.., 0] }] ? step with { Kind = "bytes" } : step;

    private static List<SendStep> Named(List<SendStep> steps, AccountFile accounts)
    {
        int name = steps.FindIndex(step => step is BytesStep { Kind: "username" });
        int password = steps.FindIndex(step => step is BytesStep { Kind: "password" });
        int command = steps.FindIndex(step => step is BytesStep { Kind: "command" });
        if (name >= 0 && Text(steps[name], accounts) is { } user && Array.Find([.. accounts.Accounts], one => one.Name == user) is { } account)
        {
            string? sent = password >= 0 ? Text(steps[password], accounts) : null;
            bool right = sent == account.Password && sent.Length > 0;

            // Wrong passwords go to the account that is there for them, so that nobody's is locked.
            string key = account.Key == "good" && password >= 0 && !right ? "victim" : account.Key;
            steps[name] = new BytesStep("username", Place(key, "name"));
            steps[password < 0 ? name : password] = right ? new BytesStep("password", Place(key, "password")) : steps[password < 0 ? name : password];
        }

        if (command >= 0 && Text(steps[command], accounts) is { } text
            && Shell.Sh.Texts.Where(pair => pair.Value == text).Select(pair => pair.Key).FirstOrDefault() is { } operation)
        {
            steps[command] = new BytesStep("command", new ByteTemplate([new OperationPart(operation), new LiteralPart([0])]));
        }

        return steps;
    }

    private static ByteTemplate Place(string key, string attribute) => new([new AccountPart(key, attribute), new LiteralPart([0])]);

    // Without the NUL; null for what is known on the wire only.
    private static string? Text(SendStep step, AccountFile accounts) =>
        step is BytesStep { Bytes: var bytes } && bytes.Parts.All(part => part is LiteralPart or AccountPart)
            ? Encoding.UTF8.GetString([.. bytes.Resolve(new AccountContext(accounts)).SkipLast(1)])
            : null;
}
