namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Mutants of the dialects that are based on another which stay green, each with the reason.</summary>
internal static class UnseenOfHeirs
{
    private const string AnyNumber = "the number of the message is the system's, its text is in the system's language";
    private const string ForkUntold = "no source says what a client sees of a fork that fails";
    private const string FullStop = "the reply was seen with and without its full stop";
    private const string InferredRoot = "inferred from the source alone, and no server is asked to do it";
    private const string LastByte = "no case sends exactly that many bytes without a NUL";
    private const string NoForkToFail = "it has no text for a fork that fails";
    private const string NoShellCase = "documented, but no case for this dialect has a shell that does not start";
    private const string NotStated = "no source says anything about it";
    private const string OptionR = "root is let in, and the dialect's sources know no option that refuses it";
    private const string Overflow = "what a field of more than the buffer does is not defined";
    private const string PamDecides = "PAM decides, and its set-up is the system's";
    private const string SessionOver = "a half-close ends the session, so nothing is left to be seen of the field";
    private const string ShellUntold = "the text was observed of 2.8 only";
    private const string TooLongUntold = "no source says what a field that is too long leads to";
    private const string WhenTooLong = "the manual does not say when a field that is too long is refused, only that it is";

    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["aix login.root-refused: \"rexecd: 0826-604 The login is not correct!\""] = NotStated,
        ["aix login.root-refused: ~"] = NotStated,
        ["aix login.unknown-user: \"rexecd: 0826-604 The login is not correct!\""] = AnyNumber,
        ["aix peer.no-name: \"x\""] = NotStated,
        ["aix username.error-at-byte: 17"] = WhenTooLong,
        ["aix username.error-at-byte: 19"] = WhenTooLong,
        ["aix username.limit: 17"] = TooLongUntold,

        ["bsd42 command.error-at-byte: 10242"] = LastByte,

        ["freebsd-pam login.password-expired-refused: \"Login incorrect!\""] = PamDecides,
        ["freebsd-pam login.password-expired-refused: ~"] = PamDecides,
        ["freebsd-pam login.password-expired: allowed"] = PamDecides,
        ["freebsd-pam login.root: refused"] = PamDecides,
        ["freebsd-pam shell.user: user"] = InferredRoot,

        ["hpux command.too-long: \"rexecd: command too lon!\""] = NotStated,
        ["hpux command.too-long: ~"] = NotStated,
        ["hpux fork.failed: \"rexecd: Try again!\""] = NotStated,
        ["hpux fork.failed: ~"] = NotStated,
        ["hpux home.no-remote-directory: \"rexecd: No remote directory!\""] = NotStated,
        ["hpux home.no-remote-directory: ~"] = NotStated,
        ["hpux login.bad-password: \"rexecd: Password incorrect!\""] = NotStated,
        ["hpux login.bad-password: ~"] = NotStated,
        ["hpux login.root-refused: \"rexecd: Login incorrect!\""] = NotStated,
        ["hpux login.root-refused: ~"] = NotStated,
        ["hpux login.unknown-user: \"rexecd: Login incorrect!\""] = FullStop,
        ["hpux password.too-long: \"rexecd: password too lon!\""] = NotStated,
        ["hpux password.too-long: ~"] = NotStated,
        ["hpux pipe.failed: \"rexecd: Try again!\""] = NotStated,
        ["hpux pipe.failed: ~"] = NotStated,
        ["hpux username.too-long: \"rexecd: username too lon!\""] = NotStated,
        ["hpux username.too-long: ~"] = NotStated,

        ["ibmi shell.failed: \"Incorrect command or path name specifie!\""] = NoShellCase,
        ["ibmi shell.failed: ~"] = NoShellCase,
        ["ibmi shell.stream: primary"] = NoShellCase,

        ["inetutils191 fork.stage: before-status"] = ForkUntold,
        ["inetutils191 shell.failed: \"rexecd:_executing {shell}:_{error}\\n\""] = ShellUntold,
        ["inetutils191 shell.failed: ~"] = ShellUntold,

        ["irix login.password-expired: refused"] = NotStated,
        ["irix password.error-at-byte: 17"] = WhenTooLong,
        ["irix password.error-at-byte: 19"] = WhenTooLong,
        ["irix password.limit: 17"] = TooLongUntold,
        ["irix username.error-at-byte: 17"] = WhenTooLong,
        ["irix username.error-at-byte: 19"] = WhenTooLong,
        ["irix username.limit: 17"] = TooLongUntold,

        ["netbsd-pam login.root-refused: \"Password incorrect!\""] = OptionR,
        ["netbsd-pam login.root-refused: ~"] = OptionR,

        ["netkit command.error-at-byte: 131074"] = LastByte,

        ["netkit-pam login.empty-password: refused"] = PamDecides,
        ["netkit-pam login.refusal-delay-ms: 0"] = PamDecides,
        ["netkit-pam login.root-refused: \"x\""] = OptionR,
        ["netkit-pam login.root: refused"] = PamDecides,
        ["netkit-pam login.unknown-user-delay-ms: 0"] = PamDecides,

        ["nuttx command.error-at-byte: 513"] = Overflow,
        ["nuttx command.limit: 512"] = Overflow,
        ["nuttx command.too-long: \"x\""] = Overflow,
        ["nuttx fields.at-end-of-file: close"] = SessionOver,
        ["nuttx fields.at-end-of-file: endless"] = SessionOver,
        ["nuttx fork.use: always"] = NoForkToFail,
        ["nuttx fork.use: with-aux"] = NoForkToFail,
        ["nuttx password.error-at-byte: 513"] = Overflow,
        ["nuttx password.limit: 512"] = Overflow,
        ["nuttx password.too-long: \"x\""] = Overflow,
        ["nuttx port.error-at-byte: 511"] = Overflow,
        ["nuttx port.error-at-byte: 513"] = Overflow,
        ["nuttx username.error-at-byte: 513"] = Overflow,
        ["nuttx username.limit: 512"] = Overflow,
        ["nuttx username.too-long: \"x\""] = Overflow,

        ["openbsd login.root-refused: \"Permission denied!\""] = OptionR,
        ["openbsd login.root-refused: ~"] = OptionR,

        ["sua password.error-at-byte: 129"] = WhenTooLong,
        ["sua password.error-at-byte: 131"] = WhenTooLong,
        ["sua password.limit: 129"] = TooLongUntold,
        ["sua username.error-at-byte: 129"] = WhenTooLong,
        ["sua username.error-at-byte: 131"] = WhenTooLong,
        ["sua username.limit: 129"] = TooLongUntold,

        ["tru64 login.root: refused"] = NotStated,
        ["tru64 password.error-at-byte: 81"] = WhenTooLong,
        ["tru64 password.error-at-byte: 83"] = WhenTooLong,
        ["tru64 password.limit: 81"] = TooLongUntold,
        ["tru64 username.error-at-byte: 17"] = WhenTooLong,
        ["tru64 username.error-at-byte: 19"] = WhenTooLong,
        ["tru64 username.limit: 17"] = TooLongUntold,
    };
}
