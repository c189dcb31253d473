namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>Mutants that stay green in whatever dialect: entries that set one dialect apart, in the others.</summary>
internal static class UnseenEntries
{
    private const string NoTextToRepeat = "equal: there is no text, so nothing that is said again and again";
    private const string LongPort = "no case sends a port of 128 KiB";
    private const string UpperCase = "the sources say nothing about the case of a name";
    private const string SilentEither = "a name of nobody and a wrong password are refused alike, and the case of names in upper case has a wrong one";
    private const string NotStated = "the manual says nothing about it";
    private const string NoLoginTime = "the sources state no time for the answer";

    private static readonly string[] s_complete = ["bsd44", "debian", "illumos", "inetutils", "interix", "mks", "sco", "solaris"];
    private static readonly string[] s_manuals = ["interix", "mks", "sco", "solaris"];

    public static IEnumerable<KeyValuePair<string, string>> Reasons =>
    [
        .. Of(s_complete, "port.error-at-byte: 131072", LongPort),
        .. Of(s_complete.Except(["debian", "inetutils"]), "username.case: ignored", UpperCase),
        .. Of(["debian"], "username.case: ignored", SilentEither),
        .. Of(s_complete.Except(["inetutils"]), "fields.at-end-of-file: endless", NoTextToRepeat),
        .. Of(s_manuals, "fields.at-end-of-file: go-on", NotStated),
        .. Of(s_manuals, "port.time-out-covers: request", NotStated),
        .. Of(s_manuals.Append("illumos"), "login.unknown-user-delay-ms: 8000", NoLoginTime),
        .. Of(["mks", "sco", "solaris"], "peer.name: required", NotStated),
        .. Of(["mks", "sco", "solaris"], "stderr.carrier: relay-until-input", NotStated),
        .. Of(["mks"], "input.half-close: ends-session", NotStated),
        .. Of(["interix"], "home.missing: diagnostic-then-default", NotStated),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Of(IEnumerable<string> dialects, string mutant, string reason) =>
        dialects.Select(dialect => KeyValuePair.Create($"{dialect} {mutant}", reason));
}
