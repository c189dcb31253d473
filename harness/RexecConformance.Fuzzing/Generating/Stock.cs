using System.Text;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Fuzzing.Safety;
using RexecConformance.Scenarios;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>Everything that a case chooses from, made once for a generator and never changed.</summary>
internal sealed class Stock : IByteContext
{
    private readonly AccountFile _accounts;

    public Stock(ulong seed, GeneratorWorld world)
    {
        _accounts = world.Accounts;
        Harmless = world.HarmlessCommandsOnly;
        InMemory = world.InMemory;
        List = world.Shell == Shell.Sh || world.Shell == Shell.Cmd ? HarmlessText.OfSuite : new HarmlessText(Shell.Sh, Shell.Cmd, world.Shell);
        Limits = world.Limits;
        Words = Vocabulary.Of(seed);
        Accounts = [.. world.Accounts.Accounts.Select(account => new AccountFields(account))];
        Plain = Accounts.Where(account => account.IsPlain).ToArray() is { Length: > 0 } plain ? plain : Accounts[..1];
        WrongPasswords = Accounts.Where(account => account.Key == "victim").ToArray() is { Length: > 0 } victim ? victim : Plain;

        // A dictionary has no order that stays.
        KnownCommand[] all = [.. world.Shell.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new KnownCommand(pair.Key, pair.Value))];
        KnownCommand[] quick = [.. all.Where(command => command is { Reads: false, IsSlow: false })];

        // Four processes, where another command is one or none.
        Quick = quick.Length == 0 ? all : [.. quick, .. quick.Where(command => command.Operation != "print-environment"), .. quick.Where(command => command.Operation != "print-environment")];
        Reading = [.. all.Where(command => command.Reads)];
        Catching = Array.Find(all, command => command.Operation == "catch-signal");
        Slow = [.. all.Where(command => command.IsSlow)];
        CutCommands = [.. Quick.Where(command => CutRequests.Fits(command.Text, asCommand: true))];
        Scenarios = [.. world.Scenarios.Select(scenario => ScenarioMaterial.Of(scenario, world.Shell)).OfType<Material>()];
        Conversations = [.. world.Conversations.Select(bytes => CapturedMaterial.Of(bytes, Accounts)).OfType<Material>()];
    }

    public bool Harmless { get; }

    public bool InMemory { get; }

    public HarmlessText List { get; }

    public FieldLimits Limits { get; }

    public Vocabulary Words { get; }

    /// <summary>All accounts, in the order of their file.</summary>
    public AccountFields[] Accounts { get; }

    /// <summary>Those that a login is expected of.</summary>
    public AccountFields[] Plain { get; }

    /// <summary>Those that wrong passwords go to.</summary>
    public AccountFields[] WrongPasswords { get; }

    public KnownCommand[] Quick { get; }

    public KnownCommand[] Reading { get; }

    public KnownCommand[] Slow { get; }

    /// <summary>The command that says whether a signal came, or null.</summary>
    public KnownCommand? Catching { get; }

    /// <summary>Commands of which every beginning is harmless.</summary>
    public KnownCommand[] CutCommands { get; }

    public Material[] Scenarios { get; }

    public Material[] Conversations { get; }

    /// <inheritdoc/>
    public int AuxPort => 54321;

    /// <inheritdoc/>
    public int? ArgumentList => null;

    /// <inheritdoc/>
    public byte[] Account(string account, string attribute) => Encoding.UTF8.GetBytes(attribute switch
    {
        "name" => _accounts[account].Name,
        "password" => _accounts[account].Password,
        "home" => _accounts[account].Home,
        "shell" => _accounts[account].Shell,
        _ => _accounts[account].Uid.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });
}
