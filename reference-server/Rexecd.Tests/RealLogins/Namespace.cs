using System.Text;
using Posix;

namespace Rexecd.Tests.RealLogins;

/// <summary>What a server finds in its mount namespace.</summary>
internal static class Namespace
{
    private static readonly (string Name, int Id, string Home, string Shell, string Shadow)[] Users =
    [
        ("root", 0, "/root", "/bin/sh", "20000:0:99999:7:::"),
        ("good", 2001, "/mnt/good", "/bin/sh", "20000:0:99999:7:::"),
        ("nohome", 2003, "/mnt/nohome", "/bin/sh", "20000:0:99999:7:::"),
        ("badsh", 2004, "/mnt/good", "/bin/nosuchshell", "20000:0:99999:7:::"),
        ("noshell", 2005, "/mnt/good", "", "20000:0:99999:7:::"),
        ("expired", 2007, "/mnt/good", "/bin/sh", "20000:0:99999:7::1:"),
        ("pwexpired", 2008, "/mnt/good", "/bin/sh", "0:0:99999:7:::"),
        ("closed", 2010, "/mnt/closed", "/bin/sh", "20000:0:99999:7:::"),
        ("noexec", 2011, "/mnt/good", "/etc/passwd", "20000:0:99999:7:::"),
        ("otp", 2012, "/mnt/good", "/bin/sh", "20000:0:99999:7:::"),
        ("helped", 2015, "/mnt/good", "/bin/sh", "20000:0:99999:7:::"),
        ("hangs", 2014, "/mnt/good", "/bin/sh", "20000:0:99999:7:::"),
        ("twice", 2013, "/mnt/good", "/bin/sh", "20000:0:99999:7:::"),
    ];

    /// <summary>The commands that make it, for a shell that is in a new one. The file systems are in memory.</summary>
    /// <param name="module">A module of PAM that comes after the system's own, or nothing.</param>
    public static string Script(string module)
    {
        string hash = Encoding.UTF8.GetString(Crypt.Hash("secret"u8, "$5$rounds=1000$suite$") ?? throw new InvalidOperationException("crypt"));
        var script = new StringBuilder("set -e\nmount -n -t tmpfs -o mode=0755 tmpfs /mnt\n");
        Write(script, "passwd", string.Concat(Users.Select(user => $"{user.Name}:x:{user.Id}:{user.Id}::{user.Home}:{user.Shell}\n")) + "emptypw:x:2006:2006::/mnt/good:/bin/sh\n");
        Write(script, "shadow", string.Concat(Users.Select(user => $"{user.Name}:{hash}:{user.Shadow}\n")) + "emptypw::20000:0:99999:7:::\n");
        Write(script, "group", "root:x:0:\ngood:x:2001:\nstaff:x:3001:good\nextra:x:3002:other,good\n");
        Write(script, "nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\n");
        script.Append("[ ! -e /etc/nologin ] || exit 1\nmkdir /mnt/pam\n");
        string further = module.Length == 0 ? "" : $"auth required {module}\nsession required {module} /mnt/sessions\n";
        script.Append($"cat >/mnt/pam/rexec <<'END'\nauth required pam_unix.so nullok\n{further}account required pam_unix.so\nsession required pam_permit.so\nEND\n");
        script.Append("echo 'auth required pam_deny.so' >/mnt/pam/other\nmount -n --bind /mnt/pam /etc/pam.d\n");
        script.Append("mkdir /mnt/good /mnt/closed\nchown 2001:2001 /mnt/good\nchmod 0700 /mnt/closed\n");
        return script.ToString();
    }

    private static void Write(StringBuilder script, string name, string text) =>
        script.Append($"cat >/mnt/{name} <<'END'\n{text}END\nchmod 0600 /mnt/{name}\n[ {name} = shadow ] || chmod 0644 /mnt/{name}\nmount -n --bind /mnt/{name} /etc/{name}\n");
}
