namespace Rexecd;

/// <summary>
/// What one family of servers does, as data: limits, texts, streams, order. Read from a dialect file; every property
/// is one entry of it (<see cref="DialectEntries"/> has the table). Immutable once loaded.
/// </summary>
public sealed partial class Dialect
{
    internal Dialect(string name) => Name = name;

    /// <summary>The dialects that are built in.</summary>
    public static IReadOnlyList<string> Names => DialectFile.BuiltIn;

    /// <summary>Name of the dialect, the name of its file.</summary>
    public string Name { get; private set; }

    /// <summary>One line on which servers this is.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>Names of the entries that the built-in file states, not that of its base.</summary>
    internal IReadOnlySet<string> Stated { get; set; } = new HashSet<string>();

    /// <summary>Whether the client's address must have a name.</summary>
    public PeerName PeerName { get; internal set; }

    /// <summary>Text for a client without one, before anything was read; null sends nothing.</summary>
    public string? PeerNoName { get; internal set; }

    /// <summary>How a byte of the port field counts.</summary>
    public PortArithmetic PortArithmetic { get; internal set; }

    /// <summary>Milliseconds from accept to the port's NUL; null is no time-out. Nothing is sent at its end.</summary>
    public int? PortTimeout { get; internal set; }

    /// <summary>What that time-out covers.</summary>
    public TimeoutScope PortTimeoutScope { get; internal set; }

    /// <summary>Number (from 1) of the byte at which the port field is too long: a silent close; null is never.</summary>
    public int? PortErrorAtByte { get; internal set; }

    /// <summary>When the auxiliary connection is opened.</summary>
    public AuxConnect AuxConnect { get; internal set; }

    /// <summary>Whether it goes to ports from 1 to 1023; if not, such a request ends without a word.</summary>
    public Admission AuxLowPort { get; internal set; }

    /// <summary>Milliseconds for the auxiliary connect; null is no time-out.</summary>
    public int? AuxTimeout { get; internal set; }

    /// <summary>Milliseconds for user name, password and command together; null is no time-out.</summary>
    public int? FieldsTimeout { get; internal set; }

    /// <summary>Most bytes of one field that this server stores; one more shows how the dialect runs out of memory. Protects this server.</summary>
    public int FieldCeiling { get; internal set; }

    /// <summary>What follows when a client ends its stream within a string.</summary>
    public EndOfFile AtEndOfFile { get; internal set; }

    /// <summary>Rules of the user name (step 3).</summary>
    public FieldRules Username { get; private set; } = new();

    /// <summary>Rules of the password (step 4).</summary>
    public FieldRules Password { get; private set; } = new();

    /// <summary>Rules of the command (step 5).</summary>
    public FieldRules Command { get; private set; } = new();

    /// <summary>Longest command, in characters, that the system can hand to a shell; longer ones fail as the shell's start does. Null is unlimited.</summary>
    public int? ArgumentLimit { get; internal set; }

    /// <summary>The byte before each diagnostic; null is none.</summary>
    public byte? DiagnosticFlag { get; internal set; }

    /// <summary>What ends each diagnostic.</summary>
    public string DiagnosticTerminator { get; internal set; } = "";

    /// <summary>Stream of the diagnostics of steps 3 to 6.</summary>
    public ReplyStream DiagnosticStream { get; internal set; }

    /// <summary>One write or two.</summary>
    public DiagnosticWrite DiagnosticWrite { get; internal set; }

    /// <summary>What the check of user name and password leads to.</summary>
    public LoginCheck LoginCheck { get; internal set; }

    /// <summary>Whether nobody's command runs without the right password: the condition for a real shell.</summary>
    public bool ChecksPasswords => LoginCheck == LoginCheck.Enforced;

    /// <summary>Whether upper and lower case of a user name differ.</summary>
    public NameCase NameCase { get; internal set; }

    /// <summary>Milliseconds before the answer to a bad password or a refused root.</summary>
    public int RefusalDelay { get; internal set; }

    /// <summary>Milliseconds before the answer to a user name without account.</summary>
    public int UnknownUserDelay { get; internal set; }

    /// <summary>Text for a user name without account; this and every text below: null sends nothing.</summary>
    public string? UnknownUser { get; internal set; }

    /// <summary>Text for a wrong password.</summary>
    public string? BadPassword { get; internal set; }

    /// <summary>Whether user id 0 may log in (the server's option -r refuses it in any dialect).</summary>
    public Admission Root { get; internal set; }

    /// <summary>Text for user id 0, after its right password.</summary>
    public string? RootRefused { get; internal set; }

    /// <summary>Whether an account without password may log in, with any password.</summary>
    public Admission EmptyPassword { get; internal set; }

    /// <summary>Text for an account without password.</summary>
    public string? EmptyPasswordRefused { get; internal set; }

    /// <summary>Whether an expired account may log in.</summary>
    public Admission AccountExpired { get; internal set; }

    /// <summary>Text for an expired account, after its right password.</summary>
    public string? AccountExpiredRefused { get; internal set; }

    /// <summary>Whether an account with an expired password may log in.</summary>
    public Admission PasswordExpired { get; internal set; }

    /// <summary>Text for an expired password, after the right one.</summary>
    public string? PasswordExpiredRefused { get; internal set; }

    /// <summary>What a missing home directory leads to.</summary>
    public HomeMissing HomeMissing { get; internal set; }

    /// <summary>Where a command runs instead, unless <see cref="HomeMissing.Diagnostic"/> ends it.</summary>
    public string HomeDefault { get; internal set; } = "";

    /// <summary>When the server changes to the home directory.</summary>
    public Stage HomeCheck { get; internal set; }

    /// <summary>With whose rights a change to the home directory before the status byte happens.</summary>
    public HomeAs HomeAs { get; internal set; }

    /// <summary>Stream of the diagnostic for a missing home directory.</summary>
    public ReplyStream HomeStream { get; internal set; }

    /// <summary>Text for a missing home directory.</summary>
    public string? NoRemoteDirectory { get; internal set; }

    /// <summary>The byte that says success; null sends none.</summary>
    public byte? StatusByte { get; internal set; }

    /// <summary>Stream of the status byte.</summary>
    public ReplyStream StatusStream { get; internal set; }

    /// <summary>Whether there is a fork that can fail.</summary>
    public ForkUse Fork { get; internal set; }

    /// <summary>When the fork happens.</summary>
    public Stage ForkStage { get; internal set; }

    /// <summary>Stream of the diagnostic for a failed fork.</summary>
    public ReplyStream ForkStream { get; internal set; }

    /// <summary>Text for a failed fork.</summary>
    public string? ForkFailed { get; internal set; }

    /// <summary>Text for a pipe that cannot be made (only to relay stderr); the pipe is made just before the fork, in its stage and on its stream.</summary>
    public string? PipeFailed { get; internal set; }

    /// <summary>Whose user id a scripted command has; real shells have the user's.</summary>
    public RunsAs RunsAs { get; internal set; }

    /// <summary>What names the shell.</summary>
    public ShellChoice ShellChoice { get; internal set; }

    /// <summary>Byte before <see cref="ShellFailed"/>; null is none.</summary>
    public byte? ShellFlag { get; internal set; }

    /// <summary>Text for a shell that does not start; {shell} and {error} are replaced.</summary>
    public string? ShellFailed { get; internal set; }

    /// <summary>Stream of <see cref="ShellFailed"/>.</summary>
    public ReplyStream ShellStream { get; internal set; }

    /// <summary>All variables of the command, a line each (only real shells see them); {home}, {shell}, {shell-field}, {path}, {user} and {client} are replaced.</summary>
    public string Environment { get; internal set; } = "";

    /// <summary>{path} of a command.</summary>
    public string EnvironmentPath { get; internal set; } = "";

    /// <summary>{path} of a command of user id 0.</summary>
    public string EnvironmentRootPath { get; internal set; } = "";

    /// <summary>What a command leads: a process group or a session.</summary>
    public CommandLeads CommandLeads { get; internal set; }

    /// <summary>Most characters of {user}; this and the two below: null is unlimited, and what is longer is cut (facts 2.9).</summary>
    public int? UserLength { get; internal set; }

    /// <summary>Most characters of {home}.</summary>
    public int? HomeLength { get; internal set; }

    /// <summary>Most characters of {shell} and {shell-field}.</summary>
    public int? ShellLength { get; internal set; }

    /// <summary>What a half-close by the client after its request means.</summary>
    public HalfClose HalfClose { get; internal set; }

    /// <summary>What carries the command's stderr when there is an auxiliary connection.</summary>
    public StderrCarrier StderrCarrier { get; internal set; }

    /// <summary>Whether a parent stays between the command's stderr and the auxiliary connection, and takes signals from it.</summary>
    internal bool Relays => StderrCarrier is StderrCarrier.Relay or StderrCarrier.RelayLost or StderrCarrier.RelayUntilInput;
}
