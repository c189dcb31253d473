using RexecConformance.Bytes;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Promoting;

/// <summary>What a command may have written, where an answer looks like that of a login that was accepted.</summary>
internal static class AcceptedAnswers
{
    /// <summary>The output without the status byte, which dialects send on one stream or the other, or not at all.</summary>
    public static IEnumerable<Alternative> Of(Needed needed)
    {
        byte[] first = Literal(needed.Primary);
        byte[] second = Literal(needed.Aux);
        foreach ((byte[] stdout, byte[] stderr) in new[] { (Cut(first), Cut(second)), (first, second) })
        {
            yield return new Alternative { When = [], Accepted = new Accepted(Template(stdout), Template(stderr)) };
        }
    }

    private static byte[] Literal(NeededStream? stream) => stream is { Content.IsLiteral: true } ? stream.Content.LiteralBytes : [];

    private static byte[] Cut(byte[] bytes) => bytes is [0, .. var rest] ? rest : bytes;

    private static ByteTemplate Template(byte[] bytes) => bytes.Length == 0 ? ByteTemplate.Empty : new ByteTemplate([new LiteralPart(bytes)]);
}
