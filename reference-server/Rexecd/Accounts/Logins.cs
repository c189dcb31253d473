namespace Rexecd;

/// <summary>The logins of a server, by its options.</summary>
internal static class Logins
{
    public static ILogins Of(RexecServerOptions options) =>
        !options.SystemAccounts ? new FileLogins(options)
        : OperatingSystem.IsLinux() ? new SystemLogins(options)
        : throw new PlatformNotSupportedException();
}
