namespace Rexecd;

/// <summary>A stream of the exchange. <see cref="Stderr"/> is the auxiliary connection, or the primary when no port was given.</summary>
public enum ReplyStream
{
    /// <summary>The connection that the client opened.</summary>
    Primary,

    /// <summary>The auxiliary connection if there is one, else the primary.</summary>
    Stderr,
}

/// <summary>Whether the client's address must have a name, looked up before anything is read (facts 2.11).</summary>
public enum PeerName
{
    /// <summary>Nothing is looked up.</summary>
    Unneeded,

    /// <summary>Without a name the session ends with <see cref="Dialect.PeerNoName"/>.</summary>
    Required,
}

/// <summary>What the time-out of the port covers (facts 2.3).</summary>
public enum TimeoutScope
{
    /// <summary>The port; the auxiliary connect and the strings have clocks of their own.</summary>
    Port,

    /// <summary>Port, auxiliary connect and strings, on one clock that nothing sets again (FreeBSD with PAM).</summary>
    Request,
}

/// <summary>How a byte of the port field counts (facts 2.2).</summary>
public enum PortArithmetic
{
    /// <summary>Bytes from 0x80 are negative, as on x86 and SPARC.</summary>
    SignedChar,

    /// <summary>Bytes from 0x80 are positive, as on ARM and POWER.</summary>
    UnsignedChar,
}

/// <summary>When the server opens the auxiliary connection (facts 2.4).</summary>
public enum AuxConnect
{
    /// <summary>After the port's NUL, before the user name is read.</summary>
    AfterPort,

    /// <summary>After user name, password, command and home directory (OpenBSD, netkit 0.09-0.11).</summary>
    AfterLogin,

    /// <summary>The port is read and ignored.</summary>
    Never,

    /// <summary>Never, and such a request is read and never answered; the connection stays until the client resets it, or a minute after it closed (Interix).</summary>
    NeverAnswers,
}

/// <summary>What follows when a client ends its stream within a string.</summary>
public enum EndOfFile
{
    /// <summary>The diagnostic of the field, if it has one, and the end.</summary>
    Close,

    /// <summary>The diagnostic of the field again and again until the client is gone (inetutils 1.7-1.9.1).</summary>
    Endless,

    /// <summary>What was read last is this field and those after it (NuttX, which has one buffer for all); the port's too.</summary>
    GoOn,
}

/// <summary>Whether upper and lower case of a user name differ.</summary>
public enum NameCase
{
    /// <summary>They do.</summary>
    Distinct,

    /// <summary>The case of A to Z does not matter (z/OS, where all names are in upper case).</summary>
    Ignored,
}

/// <summary>What the check of user name and password leads to.</summary>
public enum LoginCheck
{
    /// <summary>Who fails it is refused.</summary>
    Enforced,

    /// <summary>A wrong password is answered, and then the command runs all the same (inetutils 1.7-1.9.1).</summary>
    Answered,

    /// <summary>Both are read and nobody looks at them (NuttX).</summary>
    Skipped,
}

/// <summary>Whether a kind of account may log in, or a kind of port be used.</summary>
public enum Admission
{
    /// <summary>Is; an account with an empty password with any password.</summary>
    Allowed,

    /// <summary>Is refused, with the diagnostic of this refusal if there is one.</summary>
    Refused,
}

/// <summary>Before or after the status byte: decides whether the client sees a success first.</summary>
public enum Stage
{
    /// <summary>Before: a failure takes the place of the status byte.</summary>
    BeforeStatus,

    /// <summary>After: a failure follows the status byte.</summary>
    AfterStatus,
}

/// <summary>What a home directory that does not exist leads to.</summary>
public enum HomeMissing
{
    /// <summary>A diagnostic, and the end.</summary>
    Diagnostic,

    /// <summary>The command runs in a default directory (MKS).</summary>
    Default,

    /// <summary>A diagnostic, and then the command runs where the server happens to be (inetutils 1.7-1.9.1).</summary>
    DiagnosticThenDefault,
}

/// <summary>Whose user id a command has.</summary>
public enum RunsAs
{
    /// <summary>The user's who logged in.</summary>
    User,

    /// <summary>Root's, whoever logged in (FreeBSD with PAM, facts 3.5). Scripted commands only: a real shell is always the user's.</summary>
    Root,
}

/// <summary>With whose rights the server changes to the home directory; after the status byte always with those of the user.</summary>
public enum HomeAs
{
    /// <summary>Its own: a home that only its user can't enter is entered all the same.</summary>
    Server,

    /// <summary>Those of the user.</summary>
    User,
}

/// <summary>What a command leads, apart from this server (facts 2.8).</summary>
public enum CommandLeads
{
    /// <summary>A process group.</summary>
    Group,

    /// <summary>A session, and with it a process group (illumos, NetBSD 1.24, FreeBSD with PAM).</summary>
    Session,
}

/// <summary>What names the shell of a command.</summary>
public enum ShellChoice
{
    /// <summary>The account: its login shell.</summary>
    Account,

    /// <summary>The first of the variables SHELL, shell, COMSPEC and ComSpec that is set (MKS).</summary>
    Environment,
}

/// <summary>Whether the daemon forks, so that a fork can fail (facts 2.8).</summary>
public enum ForkUse
{
    /// <summary>Only to relay stderr: with an auxiliary connection.</summary>
    WithAux,

    /// <summary>The daemon becomes the shell itself.</summary>
    Never,

    /// <summary>For every command.</summary>
    Always,
}

/// <summary>What carries the command's descriptor 2 to the auxiliary connection (facts 2.8, 3.8).</summary>
public enum StderrCarrier
{
    /// <summary>A pipe and a parent that relays it, and that turns bytes of the client into signals for the process group.</summary>
    Relay,

    /// <summary>Descriptor 2 is the auxiliary connection; nobody reads it, so bytes of the client stay in the kernel.</summary>
    Descriptor,

    /// <summary>A relay that reads signals but never the pipe, and keeps the auxiliary connection until the client closes it (netkit 0.08-0.11).</summary>
    RelayLost,

    /// <summary>A relay that ends the auxiliary connection at the first byte or half-close of the client on it (FreeBSD with PAM).</summary>
    RelayUntilInput,

    /// <summary>Stderr is on no connection, without an auxiliary one either (NuttX).</summary>
    Nowhere,
}

/// <summary>What a half-close by the client after its request means.</summary>
public enum HalfClose
{
    /// <summary>The end of the command's input; its output goes on (facts 2.10).</summary>
    EndOfInput,

    /// <summary>The end of the session (NuttX).</summary>
    EndsSession,
}

/// <summary>How a diagnostic is written (facts 2.7).</summary>
public enum DiagnosticWrite
{
    /// <summary>One write: flag byte, text, terminator.</summary>
    Together,

    /// <summary>Two writes: the flag byte alone, then the rest (netkit).</summary>
    FlagApart,
}
