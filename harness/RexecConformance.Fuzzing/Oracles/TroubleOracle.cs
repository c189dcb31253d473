namespace RexecConformance.Fuzzing.Oracles;

/// <summary>What is wrong with the server itself, beyond what it sent.</summary>
internal static class TroubleOracle
{
    public static Symptom? Check(string dialect, int party, FuzzOutcome outcome) =>
        outcome.Trouble is { } trouble ? Of(dialect, party, trouble) : null;

    /// <summary>The symptom of a line of trouble; numbers in it (processes, addresses, counts) make no kind.</summary>
    public static Symptom Of(string dialect, int party, string trouble) => new()
    {
        Oracle = OracleKind.Trouble,
        Party = party,
        Dialect = dialect,
        Aspect = Aspect.Server,
        Expected = "",
        Seen = Slug.Of(new string([.. trouble.Where(c => !char.IsDigit(c)).Take(80)])),
    };
}
