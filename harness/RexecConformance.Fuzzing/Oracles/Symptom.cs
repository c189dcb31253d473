using RexecConformance.Reports;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Oracles;

/// <summary>One thing that is wrong with the outcome of a case, in a form that is the same whenever the same goes wrong.</summary>
public sealed record Symptom
{
    /// <summary>Which oracle says so.</summary>
    public required OracleKind Oracle { get; init; }

    /// <summary>Whose outcome it is: 0 or 1. A difference is told of 1.</summary>
    public required int Party { get; init; }

    /// <summary>The dialects concerned, as in the name of the kind.</summary>
    public required string Dialect { get; init; }

    /// <summary>Which session: -1 is the case itself, else a companion's index.</summary>
    public int Companion { get; init; } = -1;

    /// <summary>The stream, where it is about one.</summary>
    public StreamName? Stream { get; init; }

    /// <summary>What of it.</summary>
    public required Aspect Aspect { get; init; }

    /// <summary>The reply that the dialect demands, a slug; empty where none is known.</summary>
    public string Reply { get; init; } = "";

    /// <summary>True where the same goes wrong whatever the reply is: then all of them are one kind.</summary>
    public bool AnyReply { get; init; }

    /// <summary>What should have come, without what is the case's own.</summary>
    public required string Expected { get; init; }

    /// <summary>What came, without what is the case's own.</summary>
    public required string Seen { get; init; }

    /// <summary>The name of the kind: finds with the same name are counted once. A slug of at most 150 characters. Which of several clients shows it is no kind, nor is the dialect of a server in trouble.</summary>
    public string Kind => Slug.Of(string.Join(
        '-',
        new[]
        {
            Name(Oracle),
            Oracle == OracleKind.Trouble ? "" : Dialect,
            Stream is { } stream ? Words.Of(stream) : "",
            Name(Aspect),
            AnyReply ? "" : Reply,
            Reply == Expected ? "" : Expected,
            Seen.Length > 0 ? "seen-" + Seen : "",
        }.Where(part => part.Length > 0)));

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
