using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary>Step 6, second half, for commands that really run: can the home directory be changed to?</summary>
internal static class HomeDirectory
{
    // A directory on a network may let a chdir wait.
    private static readonly WorkThreads Threads = new("home", 8);

    /// <summary>The account, with what the system says of its home directory where that is a real one.</summary>
    public static async ValueTask<Account> LookAsync(Account account, RexecServerOptions options, CancellationToken cancel)
    {
        if (!IsReal(account, options) || !account.HomeExists)
        {
            return account;
        }

        bool entered = await Threads.RunAsync(() => OperatingSystem.IsLinux() && CanEnter(account, options)).WaitAsync(cancel).ConfigureAwait(false);
        return account with { HomeExists = entered };
    }

    /// <summary>The homes of a file's accounts need be there only for their own login shells.</summary>
    public static bool IsReal(Account account, RexecServerOptions options) => account.OfSystem || options.Commands == CommandMode.Login;

    [SupportedOSPlatform("linux")]
    private static bool CanEnter(Account account, RexecServerOptions options)
    {
        bool asUser = options.Commands == CommandMode.Login && options.Dialect.EntersHomeAsUser;
        return Spawn.TryDirectory(new SpawnRequest("", [], [], 0, 0, 0)
        {
            WorkingDirectory = account.Home,
            User = asUser ? account.Ids : null,
            DirectoryAsUser = asUser,
        }) == 0;
    }
}
