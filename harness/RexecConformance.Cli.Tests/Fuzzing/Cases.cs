using RexecConformance.Bytes;
using RexecConformance.Fuzzing;
using RexecConformance.Scenarios;

namespace RexecConformance.Cli.Tests.Fuzzing;

/// <summary>Cases written down, for tests.</summary>
internal static class Cases
{
    /// <summary>A request of fields; <c>P</c> as the first is the client's own port, and then it listens.</summary>
    public static FuzzCase Of(IReadOnlyList<string> fields, Fragmentation? cut = null, AuxMode aux = AuxMode.Listen, params SendStep[] then)
    {
        string[] kinds = ["port", "username", "password", "command"];
        return new FuzzCase
        {
            Origin = new CaseOrigin(0, 0, "test"),
            Send =
            [
                .. fields.Select((text, i) => new BytesStep(kinds[i], text == "P"
                    ? new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])])
                    : new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(text + "\0"))]))),
                .. then,
            ],
            Fragments = cut ?? new WholeFragmentation(),
            Aux = new AuxBehaviour(fields is ["P", ..] ? aux : AuxMode.None, TimeSpan.Zero),
        };
    }
}
