namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Mutants that stay green, each with the reason. Entries that no client can see at all are not among the mutants.</summary>
internal static class Unseen
{
    private const string ErrorByteFirst = "equal: no name or password of 16 reaches its NUL, byte 16 is the error already";
    private const string Machine = "whether char is signed is the machine's, no document's; the suite sends only what both take alike";
    private const string OptionR = "root is let in, so the text needs option -r, which no target has";
    private const string WhenTooLong = "the manual does not say when a field that is too long is refused, only that it is";
    private const string AnyText = "the manual states no text for this, so any will do";
    private const string NotStated = "the manual says nothing about it";

    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["bsd44 port.arithmetic: unsigned-char"] = Machine,
        ["bsd44 login.root-refused: \"Login incorrect!\""] = OptionR,
        ["bsd44 login.root-refused: ~"] = OptionR,

        ["debian port.arithmetic: unsigned-char"] = Machine,
        ["debian username.limit: 16"] = ErrorByteFirst,
        ["debian password.limit: 16"] = ErrorByteFirst,
        ["debian login.root-refused: \"x\""] = OptionR,

        ["solaris port.arithmetic: unsigned-char"] = NotStated,
        ["solaris port.time-out-ms: 1000"] = NotStated,
        ["solaris port.time-out-ms: none"] = NotStated,
        ["solaris aux.time-out-ms: 1000"] = NotStated,
        ["solaris aux.time-out-ms: none"] = NotStated,
        ["solaris username.error-at-byte: 257"] = WhenTooLong,
        ["solaris username.error-at-byte: 259"] = WhenTooLong,
        ["solaris password.error-at-byte: 17"] = WhenTooLong,
        ["solaris password.error-at-byte: 19"] = WhenTooLong,
        ["solaris command.error-at-byte: 2097154"] = WhenTooLong,
        ["solaris username.end-of-file: \"x\""] = NotStated,
        ["solaris password.end-of-file: \"x\""] = NotStated,
        ["solaris command.end-of-file: \"x\""] = NotStated,
        ["solaris login.refusal-delay-ms: 8000"] = NotStated,
        ["solaris login.bad-password: \"Password incorrect!\""] = AnyText,
        ["solaris login.account-expired-refused: \"Account Expired!\""] = AnyText,
        ["solaris login.password-expired-refused: \"Password Expired!\""] = AnyText,
        ["solaris login.root: refused"] = NotStated,
        ["solaris login.root-refused: \"Login incorrect!\""] = OptionR,
        ["solaris login.root-refused: ~"] = OptionR,
        ["solaris login.empty-password: refused"] = NotStated,
        ["solaris fork.use: always"] = NotStated,
        ["solaris stderr.carrier: descriptor"] = NotStated,
    };
}
