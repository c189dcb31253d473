using System.Text;
using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Tests.Doubles;

/// <summary>Cases for tests, and a generator of such: names of 0 to 31 letters, now and then with a pause or cut in two.</summary>
internal sealed class NameCases : IFuzzGenerator
{
    public static readonly AuxBehaviour NoAux = new(AuxMode.None, TimeSpan.Zero);

    public static BytesStep Field(string kind, string text) => new(kind, new ByteTemplate([new LiteralPart(Encoding.Latin1.GetBytes(text))]));

    public static FuzzCase Of(params SendStep[] steps) => Numbered(0, steps);

    public static FuzzCase Login(string name, string password = "secret", string command = "true") =>
        Of(Field("port", "0\0"), Field("username", name + "\0"), Field("password", password + "\0"), Field("command", command + "\0"));

    public FuzzCase Create(long number)
    {
        var steps = new List<SendStep>
        {
            Field("port", "0\0"),
            Field("username", new string((char)('a' + (number % 26)), (int)(number * 7 % 32)) + "\0"),
            Field("password", $"p{number % 10}\0"),
            Field("command", "true\0"),
        };
        if (number % 5 == 1)
        {
            steps.Insert(1, new PauseStep(TimeSpan.FromMilliseconds(5)));
        }

        return Numbered(number, [.. steps]) with { Fragments = number % 3 == 1 ? new SplitFragmentation([3, 5]) : new WholeFragmentation() };
    }

    private static FuzzCase Numbered(long number, SendStep[] steps) => new()
    {
        Origin = new CaseOrigin(1, number, "double"),
        Send = steps,
        Fragments = new WholeFragmentation(),
        Aux = NoAux,
    };
}
