namespace Rexecd;

/// <summary>One account of an accounts file. Test credentials only: the password is kept in clear.</summary>
public sealed record Account
{
    /// <summary>Key in the file, for scenarios.</summary>
    public required string Key { get; init; }

    /// <summary>Login name.</summary>
    public required string Name { get; init; }

    /// <summary>Password; empty is an empty hash: no password.</summary>
    public required string Password { get; init; }

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

    /// <summary>The shell that is started: /bin/sh for an empty field (facts 2.9).</summary>
    internal string EffectiveShell => Shell.Length == 0 ? "/bin/sh" : Shell;

    /// <summary>argv[0] of the shell: its base name, without a leading dash (facts 2.9).</summary>
    internal string ShellName => EffectiveShell[(EffectiveShell.LastIndexOf('/') + 1)..];
}
