using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Posix;

namespace RexecConformance.Inetd;

/// <summary>
/// Starts a daemon for one connection with posix_spawn(3), which copies nothing of this process: a fork takes as long as the
/// process is large, and a suite with all its transcripts is large.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class DaemonStart
{
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80; // as under an inetd: no controlling terminal

    // posix_spawn_file_actions_t is 80 bytes, posix_spawnattr_t 336, sigset_t 128 on glibc x86-64 and arm64.
    private const int OpaqueBytes = 512;

    /// <summary>Starts the program with the connection as descriptors 0, 1 and 2 and no others, and returns its process id.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">All of argv.</param>
    /// <param name="environment">Lines NAME=value; nothing is inherited.</param>
    /// <param name="connection">A descriptor above 2.</param>
    /// <exception cref="SpawnException">It could not be started; nothing is left running.</exception>
    public static int Run(string program, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment, int connection)
    {
        byte* actions = stackalloc byte[OpaqueBytes];
        byte* attributes = stackalloc byte[OpaqueBytes];
        byte* signals = stackalloc byte[OpaqueBytes];
        Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Check(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try
        {
            for (int target = 0; target <= 2; target++)
            {
                Check(posix_spawn_file_actions_adddup2(actions, connection, target), "adddup2");
            }

            Check(posix_spawn_file_actions_addclosefrom_np(actions, 3), "addclosefrom");

            // .NET ignores SIGPIPE, and a child would inherit that.
            _ = sigemptyset(signals);
            Check(posix_spawnattr_setsigmask(attributes, signals), "setsigmask");
            _ = sigfillset(signals);
            Check(posix_spawnattr_setsigdefault(attributes, signals), "setsigdefault");
            Check(posix_spawnattr_setflags(attributes, SetSignalDefaults | SetSignalMask | SetSession), "setflags");
            using var argv = new NativeStrings(arguments);
            using var envp = new NativeStrings(environment);
            Check(posix_spawn(out int pid, program, actions, attributes, argv.Pointer, envp.Pointer), program);
            return pid;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new SpawnException(error, what);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, byte* actions, byte* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int descriptor, int target);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addclosefrom_np(byte* actions, int from);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* set);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* set);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* set);

    [LibraryImport("libc")]
    private static partial int sigfillset(byte* set);
}
