using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Posix;

/// <summary>A program to start with exactly these descriptors, arguments and environment.</summary>
/// <param name="Path">Absolute path of the program; no search along PATH.</param>
/// <param name="Arguments">All of argv, argv[0] included. Bytes, since a rexec command is bytes and not text; no NUL inside.</param>
/// <param name="Environment">Lines NAME=value; nothing is inherited.</param>
/// <param name="StandardInput">Descriptor (above 2) that becomes 0 in the child.</param>
/// <param name="StandardOutput">Descriptor (above 2) that becomes 1 in the child.</param>
/// <param name="StandardError">Descriptor (above 2) that becomes 2 in the child.</param>
public sealed record SpawnRequest(
    string Path,
    IReadOnlyList<byte[]> Arguments,
    IReadOnlyList<byte[]> Environment,
    int StandardInput,
    int StandardOutput,
    int StandardError)
{
    /// <summary>Directory to start in, or null for the caller's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The child leads a process group of its own, so that one signal reaches all of a command.</summary>
    public bool NewProcessGroup { get; init; }

    /// <summary>The child leads a session of its own (and so a process group): no terminal of ours can be read or can interrupt it.</summary>
    public bool NewSession { get; init; }
}

/// <summary>A program that could not be started.</summary>
/// <param name="errno">The system's error number of the step that failed (chdir or exec included).</param>
/// <param name="what">What was attempted.</param>
public sealed class SpawnException(int errno, string what)
    : Exception($"{what}: {Marshal.GetPInvokeErrorMessage(errno)}")
{
    /// <summary>The system's error number.</summary>
    public int Errno { get; } = errno;
}

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

    /// <summary>Starts the program and returns its process id. The caller waits for it (<see cref="Processes"/>).</summary>
    /// <exception cref="SpawnException">A step in the child failed; nothing is left running.</exception>
    public static int Start(SpawnRequest request)
    {
        byte* actions = stackalloc byte[OpaqueBytes];
        byte* attributes = stackalloc byte[OpaqueBytes];
        byte* signals = stackalloc byte[OpaqueBytes];
        Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Check(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try
        {
            if (request.WorkingDirectory is { } directory)
            {
                Check(posix_spawn_file_actions_addchdir_np(actions, directory), "addchdir");
            }

            Check(posix_spawn_file_actions_adddup2(actions, request.StandardInput, 0), "adddup2");
            Check(posix_spawn_file_actions_adddup2(actions, request.StandardOutput, 1), "adddup2");
            Check(posix_spawn_file_actions_adddup2(actions, request.StandardError, 2), "adddup2");
            Check(posix_spawn_file_actions_addclosefrom_np(actions, 3), "addclosefrom");

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
            using var arguments = new NativeStrings(request.Arguments);
            using var environment = new NativeStrings(request.Environment);
            Check(
                posix_spawn(out int pid, request.Path, actions, attributes, arguments.Pointer, environment.Pointer),
                request.Path);
            return pid;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
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

    /// <summary>A NULL-terminated array of NUL-terminated strings in native memory.</summary>
    private sealed class NativeStrings : IDisposable
    {
        private readonly int _count;

        public NativeStrings(IReadOnlyList<byte[]> strings)
        {
            _count = strings.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
            for (int i = 0; i < _count; i++)
            {
                byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)strings[i].Length + 1);
                strings[i].CopyTo(new Span<byte>(copy, strings[i].Length));
                Pointer[i] = copy;
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (int i = 0; i < _count; i++)
            {
                NativeMemory.Free(Pointer[i]);
            }

            NativeMemory.Free(Pointer);
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

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

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
