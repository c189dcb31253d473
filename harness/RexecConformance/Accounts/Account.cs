namespace RexecConformance.Accounts;

/// <summary>One test account, as every target is given it. Test credentials only.</summary>
/// <param name="Key">The name by which scenarios know it (<c>good</c>); never sent.</param>
/// <param name="Name">The login name.</param>
/// <param name="Password">The clear password; empty means an empty hash, so no password.</param>
/// <param name="Uid">User id.</param>
/// <param name="Gid">Primary group id.</param>
/// <param name="Home">Absolute path of the home directory.</param>
/// <param name="Shell">Path of the shell; empty means an empty field.</param>
/// <param name="HomeExists">False if the home directory is to be missing.</param>
/// <param name="AccountExpired">The account's expiry date has passed.</param>
/// <param name="PasswordExpired">The password must be changed at the next login.</param>
public sealed record Account(
    string Key,
    string Name,
    string Password,
    int Uid,
    int Gid,
    string Home,
    string Shell,
    bool HomeExists = true,
    bool AccountExpired = false,
    bool PasswordExpired = false);
