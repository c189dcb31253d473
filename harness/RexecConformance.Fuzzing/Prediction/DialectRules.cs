using System.Globalization;
using RexecConformance.Dialects;
using RexecConformance.Yaml;

namespace RexecConformance.Fuzzing.Prediction;

/// <summary>When a server makes the auxiliary connection.</summary>
public enum AuxMoment
{
    /// <summary>Not stated.</summary>
    NotStated,

    /// <summary>When the port's NUL has come.</summary>
    AfterPort,

    /// <summary>When all else is well, just before the status byte.</summary>
    AfterLogin,

    /// <summary>It makes none.</summary>
    Never,

    /// <summary>A request that asks for one is never answered.</summary>
    NeverAnswers,
}

/// <summary>How long a server waits.</summary>
/// <param name="Stated">Whether the dialect says so.</param>
/// <param name="After">Null is for ever.</param>
public readonly record struct TimeLimit(bool Stated, TimeSpan? After);

/// <summary>Everything that a dialect states, in the form in which a prediction asks for it. Read once.</summary>
public sealed class DialectRules
{
    // Most characters of one argument: MAX_ARG_STRLEN less the NUL (facts 3.9).
    private const int LinuxArgument = 131_071;

    private readonly IReadOnlyDictionary<string, DialectProperty> _properties;
    private readonly Dictionary<string, Refusal> _refusals;

    /// <summary>Reads a dialect.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="argumentList">The longest command that the target's system takes, bytes; null where it is not stated.</param>
    public DialectRules(Dialect dialect, int? argumentList)
    {
        Name = dialect.Name;
        _properties = dialect.Properties;
        _refusals = dialect.Diagnostics.Values.ToDictionary(d => d.Name, d => Refusal.Of(d, Value("diagnostic-terminator")));
        ArgumentList = argumentList;
        ShellArgument = Value("command-limit") == "unlimited" ? Math.Min(argumentList ?? LinuxArgument, LinuxArgument) : argumentList ?? LinuxArgument;
        Limits = ReadLimits(argumentList);
        AuxConnect = Value("aux-connect") switch
        {
            "after-port" => AuxMoment.AfterPort,
            "after-login" => AuxMoment.AfterLogin,
            "never" => AuxMoment.Never,
            "never-answers" => AuxMoment.NeverAnswers,
            _ => AuxMoment.NotStated,
        };
        PortTimeout = Time("port-timeout");
        AuxTimeout = Time("aux-timeout");
        FieldsTimeout = Time("fields-timeout");
        EmptyPortIsZero = Value("empty-port") is not null;
        PortTakesAnyBytes = Value("port-bytes") is not null;
        PortWraps = Value("port-arithmetic") is not null;
        LeadingZeros = Value("leading-zeros") is not null;
        Fragmentation = Value("fragmentation") is not null;
        ConcurrentClients = Value("concurrent-clients") is not null;
        AuxFailureIsSilent = Value("aux-failure") is not null;
        AuxPrivileged = Value("aux-privileged-port");
        StatusStream = Value("status-stream");
        DiagnosticStream = Value("diagnostic-stream");
        HomeStream = Value("home-stream") ?? DiagnosticStream;
        HomeCheck = Value("home-check");
        LoginCheck = Value("login-check");
        EofInField = Value("eof-in-field");
        HalfClose = Value("half-close");
        StderrWithoutAux = Value("stderr-without-aux");
        StderrRelayLost = Value("stderr-relay") is not null;
        AuxHalfClose = Value("aux-half-close");
        SignalByte = Value("signal-byte");
        UnreadIsReset = Value("unread-input") == "rst";
        TimeoutRestart = Value("timeout-restart");
        InputFollows = Value("stdin") is not null;
    }

    /// <summary>The dialect's name.</summary>
    public string Name { get; }

    /// <summary>The longest command that the target's system takes.</summary>
    public int? ArgumentList { get; }

    /// <summary>The longest command that a shell is started with, bytes. Servers without a limit of their own are known on Linux only, and its limit is theirs.</summary>
    internal int ShellArgument { get; }

    internal FieldLimits Limits { get; }

    internal AuxMoment AuxConnect { get; }

    internal TimeLimit PortTimeout { get; }

    internal TimeLimit AuxTimeout { get; }

    internal TimeLimit FieldsTimeout { get; }

    internal bool EmptyPortIsZero { get; }

    internal bool PortTakesAnyBytes { get; }

    internal bool PortWraps { get; }

    internal bool LeadingZeros { get; }

    internal bool Fragmentation { get; }

    internal bool ConcurrentClients { get; }

    internal bool AuxFailureIsSilent { get; }

    internal string? AuxPrivileged { get; }

    internal string? StatusStream { get; }

    internal string? DiagnosticStream { get; }

    internal string? HomeStream { get; }

    internal string? HomeCheck { get; }

    internal string? LoginCheck { get; }

    internal string? EofInField { get; }

    internal string? HalfClose { get; }

    internal string? StderrWithoutAux { get; }

    internal bool StderrRelayLost { get; }

    internal string? AuxHalfClose { get; }

    internal string? SignalByte { get; }

    internal bool UnreadIsReset { get; }

    internal string? TimeoutRestart { get; }

    internal bool InputFollows { get; }

    /// <summary>A property's value, or null where the dialect says nothing about it. For what is asked once, or seldom.</summary>
    public string? Value(string property) => _properties.TryGetValue(property, out DialectProperty? stated) ? stated.Value : null;

    /// <summary>How the dialect refuses for a cause; null where it says nothing about it.</summary>
    public Refusal? RefusalFor(string cause) => _refusals.GetValueOrDefault(cause);

    private FieldLimits ReadLimits(int? argumentList)
    {
        int? full = Number("overlong-at");
        int? username = Number("username-limit");

        // One reader for all three (facts 2.6): its buffer of N bytes takes N-2 characters, and byte N is refused whatever it is. The commands'
        // buffer is then told by the limit; where the system's argument list tells it, nobody says which byte fills it.
        bool classic = full is { } f && username is { } u && f - u == 2;
        int? command = Value("command-limit") == "argument-list" ? argumentList : Number("command-limit");
        int? commandFull = command is null || Value("command-limit") == "argument-list" ? null
            : command == FieldLimit.Unlimited ? FieldLimit.Unlimited
            : classic ? command + 2 : null;
        return new FieldLimits(
            new FieldLimit(username, full, "username-limit"),
            new FieldLimit(Number("password-limit"), full, "password-limit"),
            new FieldLimit(command, commandFull, "command-limit"));
    }

    private int? Number(string property) => Value(property) switch
    {
        null => null,
        "unlimited" => FieldLimit.Unlimited,
        { } text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null,
    };

    private TimeLimit Time(string property) => Value(property) switch
    {
        null => default,
        "none" => new TimeLimit(true, null),
        { } text => Durations.TryParse(text, out TimeSpan time) ? new TimeLimit(true, time) : default,
    };
}
