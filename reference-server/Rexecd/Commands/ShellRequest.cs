using System.Net.Sockets;
using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary>How the shell of a job is started (facts 2.9).</summary>
[SupportedOSPlatform("linux")]
internal static class ShellRequest
{
    private const int UsualMask = 0x12; // 022

    /// <summary>The request for a job; looks up groups, so it may take time.</summary>
    public static SpawnRequest Of(Job job, Pipe? pipe)
    {
        Account account = job.Account;
        bool login = job.Options.Commands == CommandMode.Login;
        int primary = Descriptor(job.Connections.Primary.Socket);
        int stderr = pipe?.WritingEnd ?? Descriptor(job.Connections.On(ReplyStream.Stderr).Socket);
        return new SpawnRequest(
            account.EffectiveShell,
            [SystemText.Bytes(account.ShellName), "-c"u8.ToArray(), job.Command.ToArray()],
            [.. job.Environment.Select(SystemText.Bytes)],
            primary,
            primary,
            stderr)
        {
            // A file's accounts without logins need no homes, or have that of root, which the server's user can't enter.
            WorkingDirectory = HomeDirectory.IsReal(account, job.Options) || Processes.CanEnter(account.Home) ? account.Home : "/",
            User = login ? account.Ids : null,
            DirectoryAsUser = login && job.Dialect.EntersHomeAsUser,
            FileModeMask = job.Options.InPlace ? null : UsualMask, // A super-server has its own, which its daemons pass on.
            NewSession = job.Dialect.CommandLeads == CommandLeads.Session,
            NewProcessGroup = true,
        };
    }

    /// <summary>The descriptor, made blocking for a program that expects it so, and with the kernel's way to put small segments together, as a daemon's.</summary>
    private static int Descriptor(Socket socket)
    {
        socket.NoDelay = false;
        int descriptor = (int)socket.Handle;
        Processes.MakeBlocking(descriptor);
        return descriptor;
    }
}
