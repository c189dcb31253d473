using System.Text;
using RexecConformance.Accounts;

namespace RexecConformance.Inetd;

/// <summary>The files of /etc that a daemon is to see in place of the host's own.</summary>
/// <param name="Name">Name in /etc.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Required">The host must have such a file (one can only be bound over another); the others matter only where they are.</param>
internal sealed record EtcFile(string Name, string Text, bool Required)
{
    private const int Nobody = 65534;

    /// <summary>All files for these accounts.</summary>
    public static IReadOnlyList<EtcFile> For(AccountFile accounts)
    {
        IReadOnlyList<Account> all = accounts.Accounts;
        return
        [
            new("passwd", Passwd(all), true),
            new("shadow", Shadow(all), true),
            new("group", Group(all), true),

            // Both families have a name, or netkit's daemon says "Where are you?" before it reads anything.
            new("hosts", "127.0.0.1 localhost\n::1 localhost\n", false),

            // Files only: no DNS time-outs, no directory service with accounts of its own.
            new("nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\ngshadow: files\nhosts: files\nservices: files\nprotocols: files\n", false),

            // pam_env hands its lines to the daemon, and that hands them to the command.
            new("environment", "", false),
        ];
    }

    private static string Passwd(IReadOnlyList<Account> accounts)
    {
        var text = new StringBuilder();
        foreach (Account a in accounts)
        {
            text.Append($"{a.Name}:x:{a.Uid}:{a.Gid}::{a.Home}:{a.Shell}\n");
        }

        if (accounts.All(a => a.Name != "root"))
        {
            text.Append("root:x:0:0::/root:/bin/sh\n");
        }

        if (accounts.All(a => a.Name != "nobody" && a.Uid != Nobody))
        {
            text.Append($"nobody:x:{Nobody}:{Nobody}::/nonexistent:/usr/sbin/nologin\n");
        }

        return text.ToString();
    }

    // Nine fields each, or every login fails silently: name, hash, last change, minimum, maximum, warning, inactive, expiry, reserved.
    private static string Shadow(IReadOnlyList<Account> accounts)
    {
        var text = new StringBuilder();
        foreach (Account a in accounts)
        {
            string changed = a.PasswordExpired ? "0" : "20000"; // day 0: must be changed at once
            string expires = a.AccountExpired ? "1" : ""; // 2 January 1970
            text.Append($"{a.Name}:{Crypt.Hash(a.Password)}:{changed}:0:99999:7::{expires}:\n");
        }

        foreach (string system in new[] { "root", "nobody" }.Where(name => accounts.All(a => a.Name != name)))
        {
            text.Append($"{system}:*:20000:0:99999:7:::\n");
        }

        return text.ToString();
    }

    private static string Group(IReadOnlyList<Account> accounts)
    {
        var text = new StringBuilder();
        foreach (IGrouping<int, Account> group in accounts.GroupBy(a => a.Gid))
        {
            text.Append($"{group.First().Name}:x:{group.Key}:\n");
        }

        if (accounts.All(a => a.Gid != 0))
        {
            text.Append("root:x:0:\n");
        }

        if (accounts.All(a => a.Gid != Nobody))
        {
            text.Append($"nogroup:x:{Nobody}:\n");
        }

        return text.ToString();
    }
}
