using static Rexecd.EntryRule;

namespace Rexecd;

/// <summary>Every entry of a dialect file, in the order of the steps: the format's definition.</summary>
internal static class EntryTable
{
    private const string NoLoginReason = "this dialect has no accounts";
    private const string CeilingReason = "protects this server; no dialect promises it";

    public static readonly IReadOnlyList<EntryRule> All =
    [
        // Before step 1: who is it?
        Choice("peer.name", d => d.PeerName, (d, v) => d.PeerName = v, "option --fault no-reverse-name"),
        Text("peer.no-name", d => d.PeerNoName, (d, v) => d.PeerNoName = v, "option --fault no-reverse-name")
            .HiddenIf(d => d.PeerName == PeerName.Unneeded, "this dialect does not look up its client"),

        // Step 1: the port.
        Choice("port.arithmetic", d => d.PortArithmetic, (d, v) => d.PortArithmetic = v, "a byte from 0x80 in the port field"),
        Milliseconds("port.time-out-ms", d => d.PortTimeout, (d, v) => d.PortTimeout = v, "no NUL after the port for that long"),
        Choice("port.time-out-covers", d => d.PortTimeoutScope, (d, v) => d.PortTimeoutScope = v, "a port, then silence for that long")
            .HiddenIf(d => d.PortTimeout is null, "no time-out"),
        Count("port.error-at-byte", d => d.PortErrorAtByte, (d, v) => d.PortErrorAtByte = v, "a port of that many bytes without NUL"),

        // Step 2: the auxiliary connection.
        Choice("aux.connect", d => d.AuxConnect, (d, v) => d.AuxConnect = v, "a port, and no user name yet"),
        Aux(Choice("aux.low-port", d => d.AuxLowPort, (d, v) => d.AuxLowPort = v, "a port below 1024")),
        Aux(Milliseconds("aux.time-out-ms", d => d.AuxTimeout, (d, v) => d.AuxTimeout = v, "a port whose SYN is dropped for that long")),

        // Steps 3 to 5: the strings.
        Choice("fields.at-end-of-file", d => d.AtEndOfFile, (d, v) => d.AtEndOfFile = v, "a half-close within a string"),
        .. StringField("username", d => d.Username),
        .. StringField("password", d => d.Password),
        .. StringField("command", d => d.Command),
        Count("command.argument-limit", d => d.ArgumentLimit, (d, v) => d.ArgumentLimit = v, "a command of more characters") with
        {
            Hidden = d => d.ArgumentLimit is null ? "no limit" : d.Command.Limit <= d.ArgumentLimit ? "the field's limit comes first" : null,
        },
        Milliseconds("fields.time-out-ms", d => d.FieldsTimeout, (d, v) => d.FieldsTimeout = v, "a port, then silence for that long")
            .HiddenIf(d => d.PortTimeoutScope == TimeoutScope.Request, "the time-out of the port covers the strings"),
        Count("fields.ceiling-bytes", d => d.FieldCeiling, (d, v) => d.FieldCeiling = v ?? int.MaxValue, "a field of more bytes") with
        {
            Hidden = _ => CeilingReason,
        },

        // Diagnostics: flag byte, text, terminator.
        Byte("diagnostic.flag", d => d.DiagnosticFlag, (d, v) => d.DiagnosticFlag = v, "any diagnostic"),
        Text("diagnostic.terminator", d => d.DiagnosticTerminator, (d, v) => d.DiagnosticTerminator = v!, "any diagnostic", silence: false),
        Aux(Choice("diagnostic.stream", d => d.DiagnosticStream, (d, v) => d.DiagnosticStream = v, "a diagnostic with an auxiliary connection")),
        Choice("diagnostic.write", d => d.DiagnosticWrite, (d, v) => d.DiagnosticWrite = v, "any diagnostic") with
        {
            Hidden = _ => "changes segments, and TCP does not promise those",
        },

        // Step 6: validation.
        Login(Choice("username.case", d => d.NameCase, (d, v) => d.NameCase = v, "a user name in upper case")),
        Choice("login.check", d => d.LoginCheck, (d, v) => d.LoginCheck = v, "a wrong password"),
        Login(Milliseconds("login.refusal-delay-ms", d => d.RefusalDelay, (d, v) => d.RefusalDelay = v ?? 0, "a wrong password")),
        Login(Milliseconds("login.unknown-user-delay-ms", d => d.UnknownUserDelay, (d, v) => d.UnknownUserDelay = v ?? 0, "a user name without account")),
        Login(Text("login.unknown-user", d => d.UnknownUser, (d, v) => d.UnknownUser = v, "a user name without account")),
        Login(Text("login.bad-password", d => d.BadPassword, (d, v) => d.BadPassword = v, "a wrong password")),
        Login(Choice("login.root", d => d.Root, (d, v) => d.Root = v, "user root")),
        Login(Text("login.root-refused", d => d.RootRefused, (d, v) => d.RootRefused = v, "user root, and option -r if the dialect allows it")),
        Login(Choice("login.empty-password", d => d.EmptyPassword, (d, v) => d.EmptyPassword = v, "an account without password")),
        Refused("login.empty-password-refused", d => d.EmptyPasswordRefused, (d, v) => d.EmptyPasswordRefused = v, d => d.EmptyPassword),
        Login(Choice("login.account-expired", d => d.AccountExpired, (d, v) => d.AccountExpired = v, "an expired account")),
        Refused("login.account-expired-refused", d => d.AccountExpiredRefused, (d, v) => d.AccountExpiredRefused = v, d => d.AccountExpired),
        Login(Choice("login.password-expired", d => d.PasswordExpired, (d, v) => d.PasswordExpired = v, "an account with an expired password")),
        Refused("login.password-expired-refused", d => d.PasswordExpiredRefused, (d, v) => d.PasswordExpiredRefused = v, d => d.PasswordExpired),

        // Step 6: the home directory.
        Login(Choice("home.missing", d => d.HomeMissing, (d, v) => d.HomeMissing = v, "an account without home directory")),
        Text("home.default", d => d.HomeDefault, (d, v) => d.HomeDefault = v!, "an account without home directory, and pwd", silence: false)
            .HiddenIf(d => d.HomeMissing == HomeMissing.Diagnostic, "this dialect has a diagnostic instead")
            .HiddenIf(NoLogin, NoLoginReason),
        Home(Choice("home.check", d => d.HomeCheck, (d, v) => d.HomeCheck = v, "an account without home directory")),
        RealShell(Choice("home.as", d => d.HomeAs, (d, v) => d.HomeAs = v, "an account whose home only the server can enter")),
        Home(Aux(Choice("home.stream", d => d.HomeStream, (d, v) => d.HomeStream = v, "an account without home directory, with an auxiliary connection"))),
        Home(Text("home.no-remote-directory", d => d.NoRemoteDirectory, (d, v) => d.NoRemoteDirectory = v, "an account without home directory")),

        // Step 7: the status byte and the shell.
        Byte("status.byte", d => d.StatusByte, (d, v) => d.StatusByte = v, "any success"),
        Aux(Choice("status.stream", d => d.StatusStream, (d, v) => d.StatusStream = v, "a success with an auxiliary connection")),
        Choice("fork.use", d => d.Fork, (d, v) => d.Fork = v, "option --fault fork, with and without auxiliary connection"),
        Fork(Choice("fork.stage", d => d.ForkStage, (d, v) => d.ForkStage = v, "option --fault fork")),
        Fork(Aux(Choice("fork.stream", d => d.ForkStream, (d, v) => d.ForkStream = v, "option --fault fork, with an auxiliary connection"))),
        Fork(Text("fork.failed", d => d.ForkFailed, (d, v) => d.ForkFailed = v, "option --fault fork, with an auxiliary connection")),
        Aux(Text("pipe.failed", d => d.PipeFailed, (d, v) => d.PipeFailed = v, "option --fault pipe, with an auxiliary connection"))
            .HiddenIf(d => !d.Relays, "this dialect makes no pipe"),
        Login(Choice("shell.user", d => d.RunsAs, (d, v) => d.RunsAs = v, "id -un")),
        Login(Choice("shell.choice", d => d.ShellChoice, (d, v) => d.ShellChoice = v, "an account whose shell does not exist")),
        Shell(Byte("shell.flag", d => d.ShellFlag, (d, v) => d.ShellFlag = v, "an account whose shell does not exist")),
        Shell(Text("shell.failed", d => d.ShellFailed, (d, v) => d.ShellFailed = v, "an account whose shell does not exist")),
        Shell(Aux(Choice("shell.stream", d => d.ShellStream, (d, v) => d.ShellStream = v, "an account whose shell does not exist, with an auxiliary connection"))),
        Variable("shell.environment", d => d.Environment, (d, v) => d.Environment = v, "env"),
        Variable("shell.path", d => d.EnvironmentPath, (d, v) => d.EnvironmentPath = v, "echo $PATH"),
        Variable("shell.root-path", d => d.EnvironmentRootPath, (d, v) => d.EnvironmentRootPath = v, "echo $PATH as user root"),
        RealShell(Choice("command.leads", d => d.CommandLeads, (d, v) => d.CommandLeads = v, "ps -o sid")),
        Hidden(Count("shell.user-length", d => d.UserLength, (d, v) => d.UserLength = v, "echo $USER")),
        Hidden(Count("shell.home-length", d => d.HomeLength, (d, v) => d.HomeLength = v, "echo $HOME")),
        Hidden(Count("shell.shell-length", d => d.ShellLength, (d, v) => d.ShellLength = v, "echo $SHELL")),
        Choice("input.half-close", d => d.HalfClose, (d, v) => d.HalfClose = v, "a half-close after the request"),
        Aux(Choice("stderr.carrier", d => d.StderrCarrier, (d, v) => d.StderrCarrier = v, "a signal byte on the auxiliary connection")),
    ];

    public static readonly IReadOnlyDictionary<string, EntryRule> ByName = All.ToDictionary(rule => rule.Name);

    private static EntryRule[] StringField(string name, Func<Dialect, FieldRules> field) =>
    [
        Count($"{name}.limit", d => field(d).Limit, (d, v) => field(d).Limit = v, $"a {name} of that length and its NUL"),
        Count($"{name}.error-at-byte", d => field(d).ErrorAtByte, (d, v) => field(d).ErrorAtByte = v, $"a {name} of that many bytes without NUL"),
        Text($"{name}.too-long", d => field(d).TooLong, (d, v) => field(d).TooLong = v, $"a {name} above its limit") with
        {
            Hidden = d => field(d).Limit is null && field(d).ErrorAtByte is null ? "no limit, so never too long" : null,
        },
        Text($"{name}.end-of-file", d => field(d).EndOfFile, (d, v) => field(d).EndOfFile = v, $"a half-close within the {name}")
            .HiddenIf(d => d.AtEndOfFile == EndOfFile.GoOn, "this dialect goes on"),
        Text($"{name}.over-ceiling", d => field(d).OverCeiling, (d, v) => field(d).OverCeiling = v, $"a {name} of more bytes than fields.ceiling-bytes")
            .HiddenIf(_ => true, CeilingReason),
    ];

    private static EntryRule Refused(
        string name, Func<Dialect, string?> get, Action<Dialect, string?> set, Func<Dialect, Admission> admission) =>
        Login(Text(name, get, set, "an account of that kind with its right password") with
        {
            Hidden = d => admission(d) == Admission.Allowed ? "this dialect does not refuse" : null,
        });

    private static EntryRule Variable(string name, Func<Dialect, string> get, Action<Dialect, string> set, string cause) =>
        Hidden(Text(name, get, (d, v) => set(d, v!), cause, silence: false));

    private static EntryRule Hidden(EntryRule variable) => variable.HiddenIf(_ => true, "only real shells have an environment");

    private static EntryRule Login(EntryRule rule) => rule.HiddenIf(NoLogin, NoLoginReason);

    private static EntryRule RealShell(EntryRule rule) => rule.HiddenIf(_ => true, "only real shells show it");

    private static EntryRule Aux(EntryRule rule) => rule.HiddenIf(NoAux, "this dialect has no auxiliary connection");

    private static EntryRule Home(EntryRule rule) => rule.HiddenIf(d => d.HomeMissing == HomeMissing.Default, "this dialect does without the home directory")
        .HiddenIf(NoLogin, NoLoginReason);

    private static EntryRule Fork(EntryRule rule) => rule.HiddenIf(
        d => d.Fork == ForkUse.Never || (d.Fork == ForkUse.WithAux && NoAux(d)), "this dialect never forks");

    private static EntryRule Shell(EntryRule rule) => rule.HiddenIf(
        d => d.ShellChoice == ShellChoice.Environment && d.ArgumentLimit is null, "only option --environment, SHELL=/bin/nosuchshell, gives this dialect a shell that does not start")
        .HiddenIf(NoLogin, NoLoginReason);

    private static bool NoLogin(Dialect dialect) => dialect.LoginCheck == LoginCheck.Skipped;

    private static bool NoAux(Dialect dialect) => dialect.AuxConnect is AuxConnect.Never or AuxConnect.NeverAnswers;
}
