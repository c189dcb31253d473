using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Posix;

/// <summary>
/// posix_spawn(3) with sockets as the standard descriptors, which <see cref="System.Diagnostics.Process"/> cannot do.
/// Signals that .NET ignores (SIGPIPE) are set back to their default, the signal mask is emptied, all other
/// descriptors are closed.
/// </summary>
[SupportedOSPlatform("linux")]
public static unsafe partial class PosixSpawn
{
    private const short SetProcessGroup = 0x02;
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    // posix_spawn_file_actions_t is 80 bytes, posix_spawnattr_t 336, sigset_t 128 on glibc x86-64 and arm64.
    private const int OpaqueBytes = 512;

    // With more of them open the others may need one above the limit of a child, so the own limit must stay.
    private const int FewDescriptors = 768;

    /// <summary>Starts the program and returns its process id. The caller waits for it (<see cref="Processes"/>). Blocks for about a millisecond.</summary>
    /// <exception cref="SpawnException">A step in the child failed; nothing is left running.</exception>
    public static int Start(SpawnRequest request)
    {
        byte* actions = stackalloc byte[OpaqueBytes];
        byte* attributes = stackalloc byte[OpaqueBytes];
        Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Check(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try
        {
            SetActions(request, actions);
            if (!OwnDirectory.IsPossible && request.WorkingDirectory is { } directory)
            {
                Check(posix_spawn_file_actions_addchdir_np(actions, directory), "addchdir");
            }

            SetAttributes(request, attributes);
            using var launch = new Launch(request);
            launch.Plan->Actions = actions;
            launch.Plan->Attributes = attributes;
            return Run(request, launch.Plan);
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>The error number that a change to the request's directory gives, 0 for none, with the ids that the request names.</summary>
    public static int TryDirectory(SpawnRequest request)
    {
        using var launch = new Launch(request);
        UserThread.Run(launch.Plan); // Without actions nothing is started.
        return launch.Plan->Error;
    }

    /// <summary>The bytes of a text, for an argument or an environment line.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new SpawnException(error, what);
        }
    }

    private static int Run(SpawnRequest request, LaunchPlan* plan)
    {
        bool few = Directory.GetFileSystemEntries("/proc/self/fd").Length < FewDescriptors;
        if (few)
        {
            OpenFileLimit.Lower();
        }

        try
        {
            UserThread.Run(plan);
        }
        finally
        {
            if (few)
            {
                OpenFileLimit.Raise();
            }
        }

        if (plan->Error != 0)
        {
            throw new SpawnException(plan->Error, request.Path, plan->Step);
        }

        if (!few)
        {
            Processes.RestoreOpenFileLimit(plan->Child);
        }

        return plan->Child;
    }

    private static void SetActions(SpawnRequest request, byte* actions)
    {
        Check(posix_spawn_file_actions_adddup2(actions, request.StandardInput, 0), "adddup2");
        Check(posix_spawn_file_actions_adddup2(actions, request.StandardOutput, 1), "adddup2");
        Check(posix_spawn_file_actions_adddup2(actions, request.StandardError, 2), "adddup2");
        Check(posix_spawn_file_actions_addclosefrom_np(actions, 3), "addclosefrom");
    }

    private static void SetAttributes(SpawnRequest request, byte* attributes)
    {
        byte* signals = stackalloc byte[OpaqueBytes];
        sigemptyset(signals);
        Check(posix_spawnattr_setsigmask(attributes, signals), "setsigmask");
        sigfillset(signals);
        Check(posix_spawnattr_setsigdefault(attributes, signals), "setsigdefault");
        short flags = SetSignalDefaults | SetSignalMask;
        if (request.NewSession)
        {
            flags |= SetSession;
        }
        else if (request.NewProcessGroup)
        {
            flags |= SetProcessGroup;
            Check(posix_spawnattr_setpgroup(attributes, 0), "setpgroup");
        }

        Check(posix_spawnattr_setflags(attributes, flags), "setflags");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

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
    private static partial int posix_spawnattr_setpgroup(byte* attributes, int group);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* set);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* set);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* set);

    [LibraryImport("libc")]
    private static partial int sigfillset(byte* set);
}
