using System.Text;

namespace RexecConformance.Inetd;

/// <summary>
/// A PAM service in a namespace, in place of the host's own if it has one: the answers of a conformance run are not to
/// depend on the host's policy. Debian's, for one, makes of an expired account a refusal that gives no reason
/// (<c>default=ignore</c>, then pam_deny), where some dialects tell the two apart.
/// </summary>
internal static class PamService
{
    private const string Folder = "/etc/pam.d";

    // As Debian's rsh-server has it for rexec, but without its includes: an empty hash admits (nullok), a refusal takes
    // pam_unix's own two seconds.
    private const string Text = """
        #%PAM-1.0
        auth required pam_nologin.so
        auth required pam_unix.so nullok
        account required pam_unix.so
        session required pam_permit.so

        """;

    /// <summary>Adds the lines that bind a copy of the folder, with the service in it, over the folder.</summary>
    public static void Write(StringBuilder script, string service) => script.Append($$"""
        if [ ! -d {{Folder}} ]; then echo 'there is no {{Folder}}, so no PAM: install it (Debian: libpam-runtime)' >&2; exit 1; fi
        mkdir -p /run/pam.d
        cp -R {{Folder}}/. /run/pam.d/
        rm -f /run/pam.d/{{service}}
        cat >/run/pam.d/{{service}} <<'END OF FILE'
        {{Text}}END OF FILE
        mount -n --bind /run/pam.d {{Folder}}

        """);
}
