using System.Text;

namespace RexecConformance.Inetd;

/// <summary>
/// A PAM service in a namespace, for a host whose packages bring none of that name. The host's own, where there is one, is
/// what a server would meet in use, so it is left as it is.
/// </summary>
internal static class PamService
{
    private const string Folder = "/etc/pam.d";

    // As Debian's rsh-server has it for rexec, but without its includes, which other systems do not have: an empty hash
    // admits (nullok), a refusal takes pam_unix's own two seconds, an expired password asks for a new one.
    private const string Text = """
        #%PAM-1.0
        auth required pam_nologin.so
        auth required pam_unix.so nullok
        account required pam_unix.so
        session required pam_permit.so

        """;

    /// <summary>Adds the lines that bind a copy of the folder, with the service in it, over the folder.</summary>
    public static void Write(StringBuilder script, string service) => script.Append($$"""
        if [ ! -e {{Folder}}/{{service}} ]; then
        if [ ! -d {{Folder}} ]; then echo 'there is no {{Folder}}, so no PAM: install it (Debian: libpam-runtime)' >&2; exit 1; fi
        mkdir -p /run/pam.d
        cp -R {{Folder}}/. /run/pam.d/
        cat >/run/pam.d/{{service}} <<'END OF FILE'
        {{Text}}END OF FILE
        mount -n --bind /run/pam.d {{Folder}}
        fi

        """);
}
