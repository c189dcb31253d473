using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// execve(2) as the user, in his directory, with the descriptors of a request: this process becomes the program, as a daemon does
/// that inetd has started for one connection. All its threads end.
/// </summary>
[SupportedOSPlatform("linux")]
public static unsafe partial class ExecInPlace
{
    private const int Ignored = 1; // SIG_IGN
    private const int LastSignal = 64;

    // struct sigaction is 152 bytes on glibc x86-64 and arm64 and begins with the handler.
    private const int OpaqueBytes = 256;

    /// <summary>Returns never, but by its exception.</summary>
    /// <param name="request">Its descriptors are above 2; groups and sessions are left as they are.</param>
    /// <exception cref="SpawnException">A step failed. The process goes on as it was, but for its directory, mask and descriptors 0, 1 and 2.</exception>
    public static void Run(SpawnRequest request)
    {
        using var launch = new Launch(request);
        int[] ignored = [.. Enumerable.Range(1, LastSignal).Where(IsIgnored)];
        ulong files = OpenFileLimit.Own();
        OpenFileLimit.Set(Math.Min(files, OpenFileLimit.OfLogin));
        foreach (int number in ignored)
        {
            _ = signal(number, 0);
        }

        UserThread.Run(launch.Plan);

        foreach (int number in ignored)
        {
            _ = signal(number, Ignored);
        }

        OpenFileLimit.Set(files);
        throw new SpawnException(launch.Plan->Report.Error, request.Path, launch.Plan->Report.Step);
    }

    private static bool IsIgnored(int number)
    {
        byte* action = stackalloc byte[OpaqueBytes];
        return sigaction(number, null, action) == 0 && *(nint*)action == Ignored;
    }

    [LibraryImport("libc")]
    private static partial int sigaction(int number, byte* action, byte* old);

    [LibraryImport("libc")]
    private static partial nint signal(int number, nint handler);
}
