using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary>One account, of an accounts file or of the system.</summary>
public sealed record Account
{
    /// <summary>Key in the file, for scenarios.</summary>
    public required string Key { get; init; }

    /// <summary>Login name.</summary>
    public required string Name { get; init; }

    /// <summary>What the password of a file's account is compared with.</summary>
    internal StoredPassword Password { get; init; } = StoredPassword.None;

    /// <summary>User id; 0 is root.</summary>
    public required int Uid { get; init; }

    /// <summary>Group id.</summary>
    public required int Gid { get; init; }

    /// <summary>Home directory.</summary>
    public required string Home { get; init; }

    /// <summary>Login shell; empty means /bin/sh.</summary>
    public required string Shell { get; init; }

    /// <summary>Whether the home directory exists.</summary>
    public bool HomeExists { get; init; } = true;

    /// <summary>Whether the account has expired.</summary>
    public bool AccountExpired { get; init; }

    /// <summary>Whether the password has expired.</summary>
    public bool PasswordExpired { get; init; }

    /// <summary>Whether this is a user of the system and not one of a file.</summary>
    internal bool OfSystem { get; init; }

    /// <summary>What the command of a login runs as: the account's ids and its groups in the system's database, which may take time.</summary>
    [SupportedOSPlatform("linux")]
    internal UserIds Ids => new((uint)Uid, (uint)Gid, UserDatabase.Groups(Name, (uint)Gid));

    /// <summary>The shell that is started: /bin/sh for an empty field (facts 2.9).</summary>
    internal string EffectiveShell => Shell.Length == 0 ? "/bin/sh" : Shell;

    /// <summary>argv[0] of the shell: its base name, without a leading dash (facts 2.9).</summary>
    internal string ShellName => EffectiveShell[(EffectiveShell.LastIndexOf('/') + 1)..];

    /// <summary>A user of the system.</summary>
    internal static Account Of(UserEntry user) => new()
    {
        Key = user.Name,
        Name = user.Name,
        Uid = unchecked((int)user.User),
        Gid = unchecked((int)user.Group),
        Home = user.Home,
        Shell = user.Shell,
        OfSystem = true,
    };
}
