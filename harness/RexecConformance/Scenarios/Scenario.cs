using System.Net.Sockets;
using RexecConformance.Transcripts;

namespace RexecConformance.Scenarios;

/// <summary>How strong the demand is that a scenario stands for.</summary>
public enum Level
{
    /// <summary>Every server of the dialect must behave so.</summary>
    Must,

    /// <summary>Expected of a good server.</summary>
    Should,

    /// <summary>Permitted.</summary>
    May,

    /// <summary>What tells one dialect from another.</summary>
    Dialect,

    /// <summary>Worth knowing, no demand.</summary>
    Info,
}

/// <summary>One test case, as its file says it (docs/scenario-format.md).</summary>
public sealed record Scenario
{
    /// <summary>Immutable slug.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>How strong the demand is.</summary>
    public required Level Level { get; init; }

    /// <summary>Ids of the requirements that it proves.</summary>
    public required IReadOnlyList<string> Requires { get; init; }

    /// <summary>The capture that it was made from, or null.</summary>
    public CapturedSource? Captured { get; init; }

    /// <summary>The find of a fuzzer that it was made from, or null.</summary>
    public FuzzedSource? Fuzzed { get; init; }

    /// <summary>Who says so, for the bytes that the scenario states itself; empty where they follow from the dialects.</summary>
    public IReadOnlyList<ScenarioBasis> Basis { get; init; } = [];

    /// <summary>True if nobody has decided yet what must come back (<c>expect: undecided</c>): every dialect is unspecified then.</summary>
    public bool Undecided { get; init; }

    /// <summary>Words to filter by.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Scenarios whose failure makes this one blocked.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>Capabilities that the target must have.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>What the server must be started with.</summary>
    public ServerSetup Setup { get; init; } = ServerSetup.Plain;

    /// <summary>How many clients do the same at the same time.</summary>
    public int Sessions { get; init; } = 1;

    /// <summary>Clients that have connected before, or null.</summary>
    public OtherClients? Others { get; init; }

    /// <summary>The network protocol of the primary connection.</summary>
    public AddressFamily Network { get; init; } = AddressFamily.InterNetwork;

    /// <summary>What the client does about the auxiliary connection.</summary>
    public required AuxBehaviour Aux { get; init; }

    /// <summary>A slow reader, or null.</summary>
    public SlowReading? Reading { get; init; }

    /// <summary>What the client does, in order.</summary>
    public required IReadOnlyList<SendStep> Send { get; init; }

    /// <summary>The segmentations; each is a variant.</summary>
    public required IReadOnlyList<Fragmentation> Fragments { get; init; }

    /// <summary>What must come back, by dialect.</summary>
    public required IReadOnlyList<Alternative> Expect { get; init; }

    /// <summary>Free text.</summary>
    public string? Notes { get; init; }

    /// <summary>The folder to name so that it is found again, where it is not part of the suite's own tree; else null.</summary>
    public string? Folder { get; init; }

    /// <summary>The file that it stands in.</summary>
    public required string File { get; init; }

    /// <summary>True if the request carries an aux port, so that the server is asked to connect.</summary>
    public bool AsksForAux => Send.OfType<BytesStep>().Any(step => step.Bytes.UsesAuxPort);

    /// <summary>True if a field's length is told by the target's argument list, which must be known then.</summary>
    public bool UsesArgumentList => Send.OfType<BytesStep>().Any(step => step.Bytes.Parts.Any(part => part is Bytes.RepeatToLimitPart));

    /// <summary>True if the client ends the primary connection before it has sent all four fields.</summary>
    public bool EndsUnfinished =>
        Send.Any(step => step is HalfCloseStep { Stream: StreamName.Primary } or CloseStep { Stream: StreamName.Primary } or ResetStep { Stream: StreamName.Primary })
        && Send.OfType<BytesStep>().Count(step => step.IsField) is > 0 and < 4;

    /// <summary>True if time is part of the case; such cases are left out of the speed figure.</summary>
    public bool IsTimed =>
        Tags.Contains("timed") || Tags.Contains("slow") || Reading is not null || Others is not null || Aux.After > TimeSpan.Zero || Send.Any(step => step is PauseStep);

    /// <summary>The keys of the accounts that it names.</summary>
    public IEnumerable<string> Accounts =>
        Send.OfType<BytesStep>().SelectMany(step => step.Bytes.Accounts).Distinct();
}

/// <summary>A reader that starts late and has a small receive buffer.</summary>
/// <param name="After">How long after the last step reading of the primary begins.</param>
/// <param name="Buffer">Receive buffer in bytes, set before connecting.</param>
public sealed record SlowReading(TimeSpan After, int Buffer);
