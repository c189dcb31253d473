namespace Rexecd;

/// <summary>A stream of the exchange. <see cref="Stderr"/> is the auxiliary connection, or the primary when no port was given.</summary>
public enum ReplyStream
{
    /// <summary>The connection that the client opened.</summary>
    Primary,

    /// <summary>The auxiliary connection if there is one, else the primary.</summary>
    Stderr,
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

/// <summary>Whether a kind of account may log in.</summary>
public enum Admission
{
    /// <summary>Logs in; an account with an empty password with any password.</summary>
    Allowed,

    /// <summary>Is refused with the diagnostic of this refusal.</summary>
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
}

/// <summary>How a diagnostic is written (facts 2.7).</summary>
public enum DiagnosticWrite
{
    /// <summary>One write: flag byte, text, terminator.</summary>
    Together,

    /// <summary>Two writes: the flag byte alone, then the rest (netkit).</summary>
    FlagApart,
}
