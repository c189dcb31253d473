using RexecConformance.Accounts;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>What cases are made of. The same world and the same seed give the same cases.</summary>
public sealed record GeneratorWorld
{
    /// <summary>The accounts of the target, or those that both targets have.</summary>
    public required AccountFile Accounts { get; init; }

    /// <summary>The texts of the commands.</summary>
    public required Shell Shell { get; init; }

    /// <summary>The lengths at which some dialect begins to refuse.</summary>
    public required FieldLimits Limits { get; init; }

    /// <summary>Limits that the first cases of a run walk along: those of the targets' own dialects; null is a world without that walk.</summary>
    public FieldLimits? Walked { get; init; }

    /// <summary>How many targets get the cases in turns; each is to have the whole walk.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Scenarios to change, in an order that is always the same; none is a world without that family.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];

    /// <summary>What captured clients sent on the primary connection, in an order that is always the same.</summary>
    public IReadOnlyList<byte[]> Conversations { get; init; } = [];

    /// <summary>True: only cases that <see cref="Safety.HarmlessCommands"/> calls safe, for servers whose commands reach a real shell.</summary>
    public bool HarmlessCommandsOnly { get; init; }

    /// <summary>True: the server is in memory. Waiting takes no time there, so that some cases outlast its time-outs, and a client may listen on any port.</summary>
    public bool InMemory { get; init; }

    /// <summary>The world of the suite: the limits of its dialects, and its scenarios.</summary>
    /// <param name="tree">The suite's own tree.</param>
    /// <param name="accounts">The accounts of the target.</param>
    /// <param name="shell">The shell of the target.</param>
    /// <param name="argumentList">The longest command that the target's system takes, characters; null if it is not stated.</param>
    public static GeneratorWorld Of(ScenarioTree tree, AccountFile accounts, Shell shell, int? argumentList = null) => new()
    {
        Accounts = accounts,
        Shell = shell,
        Limits = FieldLimits.Of(tree.Dialects.Values, argumentList),
        Scenarios = tree.Scenarios,
    };
}
