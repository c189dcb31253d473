using RexecConformance.Bytes;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Wire;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>What a case's client does, byte for byte and in order.</summary>
internal static class CaseSteps
{
    /// <summary>The acts of a case, with all places filled in and the bytes cut into segments.</summary>
    /// <param name="fuzzCase">The case; its companions have acts of their own.</param>
    /// <param name="shell">Whose texts stand for operations.</param>
    /// <param name="context">What the places stand for.</param>
    /// <exception cref="KeyNotFoundException">The case names an account or an operation that the target lacks.</exception>
    public static IReadOnlyList<WireStep> Of(FuzzCase fuzzCase, Shell shell, IByteContext context)
    {
        Scenario scenario = TargetContext.WithShell(Bare(fuzzCase), shell)
            ?? throw new KeyNotFoundException($"the shell '{shell.Name}' has no text for an operation of the case");
        return new Variant(scenario, fuzzCase.Fragments).Expand(context);
    }

    /// <summary>A case as a scenario that says nothing of what must come back.</summary>
    private static Scenario Bare(FuzzCase fuzzCase) => new()
    {
        Id = "",
        Title = "",
        Level = Level.Info,
        Requires = [],
        Tags = [],
        DependsOn = [],
        Needs = [],
        Aux = fuzzCase.Aux,
        Send = fuzzCase.Send,
        Fragments = [fuzzCase.Fragments],
        Expect = [],
        File = "",
    };
}
