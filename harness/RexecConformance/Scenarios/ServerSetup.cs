namespace RexecConformance.Scenarios;

/// <summary>What a server must be started with for a scenario: failures that it is made to have, and options of its own.</summary>
/// <param name="Faults">For example <c>fork</c>.</param>
/// <param name="Options">For example <c>refuse-root</c>.</param>
public sealed record ServerSetup(IReadOnlyList<string> Faults, IReadOnlyList<string> Options)
{
    /// <summary>One client is served at a time.</summary>
    public const string SingleConnection = "single-connection";

    /// <summary>The service is switched off: nobody listens on its port.</summary>
    public const string Disabled = "disabled";

    /// <summary>The faults that a scenario may name.</summary>
    public static IReadOnlyList<string> KnownFaults { get; } = ["fork", "pipe", "no-reverse-name"];

    /// <summary>The options that a scenario may name.</summary>
    public static IReadOnlyList<string> KnownOptions { get; } = ["refuse-root", SingleConnection, Disabled];

    /// <summary>As it is started usually.</summary>
    public static ServerSetup Plain { get; } = new([], []);

    /// <summary>True if nothing is asked for.</summary>
    public bool IsPlain => Faults.Count == 0 && Options.Count == 0;

    /// <summary>True if variants must not be driven on such a server at the same time.</summary>
    public bool IsExclusive => Options.Contains(SingleConnection);

    /// <summary>The capabilities that a target needs for it: <c>fault:fork</c>, <c>option:refuse-root</c>.</summary>
    public IEnumerable<string> Needs => Faults.Select(fault => "fault:" + fault).Concat(Options.Select(option => "option:" + option));

    /// <summary>The same text for the same set-up; empty for the usual one.</summary>
    public override string ToString() => string.Join(',', Needs.Order(StringComparer.Ordinal));
}

/// <summary>Other clients that have connected before the case begins. They send nothing.</summary>
/// <param name="Connected">How many.</param>
/// <param name="LeaveAfter">How long after the case's own connection they leave; null is after its end.</param>
public sealed record OtherClients(int Connected, TimeSpan? LeaveAfter);
