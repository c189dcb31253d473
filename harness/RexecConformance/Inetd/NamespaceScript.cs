using System.Text;
using RexecConformance.Accounts;

namespace RexecConformance.Inetd;

/// <summary>
/// The shell script that a namespace's holder reads from its standard input. Everything that it writes is in
/// memory file systems mounted inside the namespace; it ends when the pipe ends, so when the harness does.
/// </summary>
internal static class NamespaceScript
{
    /// <summary>The line that says that all is mounted.</summary>
    public const string Ready = "ready";

    private const int FirstFree = 3; // of the descriptors, after the standard ones; a shell knows one digit

    // Hidden behind empty file systems: homes; what commands may write; and /run, where name service caches, journals
    // and a nologin file live (a cache would answer with the host's accounts, a journal would be written to).
    private static readonly string[] Covered = ["/home", "/tmp", "/dev/shm", "/run"];

    // The pipe has ended, perhaps because the harness was killed: end whatever still runs in this namespace
    // (background jobs, sessions of their own), known by the namespace itself and not by a name. Three passes for
    // what forks meanwhile.
    private const string Sweep = """
        sweep() {
          own=$(readlink "/proc/$$/ns/mnt")
          for pass in 1 2 3; do
            for id in $(ls -l /proc/[0-9]*/ns/mnt 2>/dev/null | grep -F "$own" | sed 's,.* /proc/\([0-9]*\)/ns/mnt.*,\1,'); do
              if [ "$id" != "$$" ]; then kill -9 "$id" 2>/dev/null; fi
            done
          done
        }

        """;

    public static string For(NamespaceContents contents)
    {
        AccountFile accounts = contents.Accounts;
        var s = new StringBuilder();
        s.Append(Sweep);
        s.Append("set -e\n");
        s.Append("trap '' HUP INT QUIT TERM\n"); // an interrupt at the terminal is for the harness to handle
        s.Append("umask 022\n");
        s.Append("if [ -e /etc/nologin ]; then echo '/etc/nologin exists, so PAM refuses logins: remove it' >&2; exit 1; fi\n");
        IReadOnlyList<string> hidden = Hidden(contents.Folders);
        for (int i = 0; i < hidden.Count; i++)
        {
            // A folder under a covered one (a build of one's own) stays reachable: what is open is still on the
            // uncovered file system when it is bound back.
            s.Append($"exec {FirstFree + i}<{Quote(hidden[i])}\n");
        }

        s.Append("cd /\n");
        WriteEtc(s, accounts);
        foreach (string path in Covered)
        {
            string mode = path is "/tmp" or "/dev/shm" ? "1777" : "0755";
            s.Append($"[ ! -d {path} ] || mount -n -t tmpfs -o mode={mode} tmpfs {path}\n");
        }

        s.Append("if [ -e /dev/log ]; then mount -n --bind /dev/null /dev/log; fi\n");
        WriteHomes(s, accounts);
        WriteFiles(s, contents);
        for (int i = 0; i < hidden.Count; i++)
        {
            string folder = Quote(hidden[i]);
            s.Append($"mkdir -p {folder}\nmount -n --no-canonicalize -o bind,ro /proc/self/fd/{FirstFree + i} {folder}\nexec {FirstFree + i}<&-\n");
        }

        WriteReadOnly(s);
        string program = contents.Program;
        s.Append($"if [ ! -x {Quote(program)} ]; then echo {Quote(program + " is not executable inside the namespace")} >&2; exit 1; fi\n");

        // One compound command, read whole before any of it runs: a shell reads its script in blocks, and cat would
        // swallow what it has not read yet.
        s.Append($"{{ echo {Ready}; set +e; cat >/dev/null; sweep; exit 0; }}\n");
        return s.ToString();
    }

    // Those that are covered; of two within each other, the outer one is enough.
    private static IReadOnlyList<string> Hidden(IReadOnlyList<string> folders)
    {
        List<string> hidden = [.. folders.Select(f => f.TrimEnd('/')).Distinct().Where(f => Covered.Any(path => IsWithin(f, path)))];
        return [.. hidden.Where(f => !hidden.Any(other => other != f && IsWithin(f, other)))];
    }

    private static bool IsWithin(string folder, string other) => folder == other || folder.StartsWith(other + "/", StringComparison.Ordinal);

    // The first tmpfs on /home is only where the files are written: once each is bound to its place it is taken off again.
    private static void WriteEtc(StringBuilder s, AccountFile accounts)
    {
        s.Append("mount -n -t tmpfs -o mode=0700 tmpfs /home\n");
        foreach (EtcFile file in EtcFile.For(accounts))
        {
            string target = "/etc/" + file.Name;
            s.Append(file.Required
                ? $"if [ ! -e {target} ]; then echo '{target} does not exist: a file to bind over is needed' >&2; exit 1; fi\n"
                : $"if [ -e {target} ]; then\n");
            s.Append($"cat >/home/{file.Name} <<'END OF FILE'\n{file.Text}END OF FILE\n");
            s.Append($"chmod {(file.Name == "shadow" ? "0600" : "0644")} /home/{file.Name}\n");
            s.Append($"mount -n --bind /home/{file.Name} {target}\n");
            s.Append(file.Required ? "" : "fi\n");
        }

        s.Append("umount -n -l /home\n");
    }

    private static void WriteHomes(StringBuilder s, AccountFile accounts)
    {
        foreach (Account a in accounts.Accounts.Where(a => a.HomeExists && a.Home.StartsWith("/home/", StringComparison.Ordinal)))
        {
            string home = Quote(a.Home);
            s.Append($"mkdir -p {home}\nchown {a.Uid}:{a.Gid} {home}\nchmod 0755 {home}\n");
        }
    }

    private static void WriteFiles(StringBuilder s, NamespaceContents contents)
    {
        foreach ((string path, string text) in contents.Files)
        {
            s.Append($"mkdir -p {Quote(Path.GetDirectoryName(path)!)}\numask 077\ncat >{Quote(path)} <<'END OF FILE'\n{text}END OF FILE\numask 022\n");
        }

        if (contents.Service is { } service)
        {
            PamService.Write(s, service);
        }
    }

    // Sessions of root must not be able to write to the host's own file systems either. The flag is the mount's, not
    // the file system's, so the host's view stays writable. As far as possible: some mounts do not take it.
    private static void WriteReadOnly(StringBuilder s) => s.Append("""
        while read -r device point rest; do
          case "$point" in
            /proc | /proc/* | /sys | /sys/* | /dev | /dev/* | /home | /home/* | /tmp | /tmp/* | /run | /run/*) ;;
            *) mount -n -o remount,bind,ro none "$(printf %b "$point")" 2>/dev/null || : ;;
          esac
        done </proc/self/mounts

        """);

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
