using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>The harness's own executable reading of the protocol: what a server of one dialect must answer to any case (docs/prediction.md).</summary>
public sealed class Predictor : IPredictor
{
    [ThreadStatic]
    private static ClientScript? t_script;

    private readonly Lazy<IReadOnlyList<string>> _replies;

    /// <summary>Reads a dialect once; a prediction then asks no file and waits for nothing.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="accounts">The target's accounts.</param>
    /// <param name="shell">The shell that runs its commands.</param>
    /// <param name="argumentList">The longest command that its system takes, bytes; null where it does not say.</param>
    public Predictor(Dialect dialect, AccountFile accounts, Shell shell, int? argumentList)
    {
        Rules = new DialectRules(dialect, argumentList);
        Accounts = new KnownAccounts(accounts);
        Commands = new KnownCommands(shell);
        Places = new ScriptBytes(accounts, shell, argumentList);
        _replies = new Lazy<IReadOnlyList<string>>(() => PossibleReplies.Of(Rules, Setup));
    }

    /// <inheritdoc/>
    public string Dialect => Rules.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Replies => _replies.Value;

    /// <summary>What the server was started with: failures that it is made to have, options of its own.</summary>
    public ServerSetup Setup { get; init; } = ServerSetup.Plain;

    /// <summary>True if commands reach a real shell, which has an environment; scripted commands have none.</summary>
    public bool RealShell { get; init; }

    internal DialectRules Rules { get; }

    internal KnownAccounts Accounts { get; }

    internal KnownCommands Commands { get; }

    internal ScriptBytes Places { get; }

    internal LoginRules LoginRules => field ??= LoginRules.Of(Rules, Setup.Options.Contains("refuse-root"));

    internal CommandRules CommandRules => field ??= new CommandRules(Rules);

    /// <inheritdoc/>
    public PredictedAnswer Predict(FuzzCase fuzzCase, int auxPort)
    {
        ClientScript script = t_script ??= new ClientScript();
        return script.Read(fuzzCase, auxPort, Places) is { } missing
            ? Answers.Unspecified(missing)
            : new PredictionRun(this, script, fuzzCase, auxPort).Answer();
    }
}
