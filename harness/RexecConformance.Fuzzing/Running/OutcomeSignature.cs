using RexecConformance.Fuzzing.Oracles;

namespace RexecConformance.Fuzzing.Running;

/// <summary>The form of an outcome as a number (FNV-1a), without what is one case's own: a corpus keeps one case of each.</summary>
internal static class OutcomeSignature
{
    private const ulong Prime = 1099511628211;

    public static ulong Add(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return (hash ^ 0xff) * Prime;
    }

    public static ulong Add(ulong hash, FuzzOutcome outcome, ReplyShape shape)
    {
        hash = Add(Add(hash, outcome.Primary, shape), outcome.Aux, shape);
        hash = outcome.Trouble is null ? hash : Add(hash, "trouble");
        foreach (FuzzOutcome companion in outcome.Companions)
        {
            hash = Add(Add(hash, companion.Primary, shape), companion.Aux, shape);
        }

        return hash;
    }

    private static ulong Add(ulong hash, OutcomeStream stream, ReplyShape shape) =>
        stream.Connected ? Add((hash ^ (ulong)(stream.End + 1)) * Prime, shape.Of(stream.Bytes)) : hash * Prime;
}
