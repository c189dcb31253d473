namespace Rexecd;

/// <summary>What a dialect puts in the place of an account's home directory and shell (MKS).</summary>
internal static class Profile
{
    private static readonly string[] Variables = ["SHELL", "shell", "COMSPEC", "ComSpec"];

    /// <summary>The account as the command will find it.</summary>
    public static Account Of(Account account, RexecServerOptions options) => account with
    {
        HomeExists = account.HomeExists || options.Dialect.HomeMissing == HomeMissing.Default,
        Home = account.HomeExists || options.Dialect.HomeMissing == HomeMissing.Diagnostic ? account.Home : options.Dialect.HomeDefault,
        Shell = options.Dialect.ShellChoice == ShellChoice.Account ? account.Shell : FromEnvironment(options),
    };

    /// <summary>The first variable that is set names the shell; if none is, /bin/sh stands for cmd.exe.</summary>
    private static string FromEnvironment(RexecServerOptions options) =>
        Variables.Select(name => Variable(options, name)).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "/bin/sh";

    private static string? Variable(RexecServerOptions options, string name) =>
        options.Environment is { } profile ? profile.GetValueOrDefault(name)
        : options.Commands != CommandMode.Scripted ? Environment.GetEnvironmentVariable(name)
        : null;
}
