using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>The request that every server answers: one account, a command that does nothing.</summary>
internal static class PlainLogin
{
    /// <summary>The case; for a target without an account or a command an unfinished request, which servers close at.</summary>
    public static FuzzCase Of(AccountFile accounts, Shell shell, string operation = "nothing")
    {
        bool complete = accounts.TryGet("good", out _) && shell.Texts.ContainsKey(operation);
        return new FuzzCase
        {
            Origin = new CaseOrigin(0, 0, "plain-login"),
            Send = complete
                ?
                [
                    new BytesStep("port", Field(new LiteralPart("0"u8.ToArray()))),
                    new BytesStep("username", Field(new AccountPart("good", "name"))),
                    new BytesStep("password", Field(new AccountPart("good", "password"))),
                    new BytesStep("command", Field(new OperationPart(operation))),
                ]
                : [new HalfCloseStep(StreamName.Primary)],
            Fragments = new WholeFragmentation(),
            Aux = new AuxBehaviour(AuxMode.None, TimeSpan.Zero),
        };
    }

    private static ByteTemplate Field(BytePart part) => new([part, new LiteralPart([0])]);
}
