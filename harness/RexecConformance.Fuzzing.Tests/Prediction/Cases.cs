using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Prediction;

/// <summary>Cases made by hand.</summary>
internal static class Cases
{
    /// <summary>The port on which the client of these cases listens.</summary>
    public const int Port = 40123;

    public static FuzzCase Of(Scenario scenario, Fragmentation fragments) => new()
    {
        Origin = new CaseOrigin(0, 0, scenario.Id),
        Send = scenario.Send,
        Fragments = fragments,
        Aux = scenario.Aux,
    };

    public static FuzzCase Of(AuxMode aux, params SendStep[] steps) => new()
    {
        Origin = new CaseOrigin(0, 0, "by-hand"),
        Send = steps,
        Fragments = new WholeFragmentation(),
        Aux = new AuxBehaviour(aux, TimeSpan.Zero),
    };

    /// <summary>A case of bytes as they are, each character one, without an auxiliary connection.</summary>
    public static FuzzCase Raw(string bytes) => Of(AuxMode.None, Bytes(bytes));

    /// <summary>The same with a client that listens; <c>P</c> and the NUL come first.</summary>
    public static FuzzCase WithAux(string afterPort) => Of(AuxMode.Listen, Aux(), Bytes(afterPort));

    public static BytesStep Aux() => new("port", new ByteTemplate([new AuxPortPart(0), new LiteralPart([0])]));

    public static BytesStep Bytes(string bytes) => new("bytes", new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(bytes))]));

    public static BytesStep Field(string kind, string text) => new(kind, new ByteTemplate([new LiteralPart(ByteText.Latin1.GetBytes(text + "\0"))]));

    public static HalfCloseStep HalfClose() => new(StreamName.Primary);
}
