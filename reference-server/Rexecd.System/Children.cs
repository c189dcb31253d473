using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// The children of this process: those that it started, which someone waits for, and orphans that it inherits as the first
/// process of a container (or as a subreaper), which nobody does.
/// </summary>
[SupportedOSPlatform("linux")]
public static partial class Children
{
    private const int NoHang = 1; // WNOHANG

    private static readonly ReaderWriterLockSlim StartOrReap = new();
    private static readonly HashSet<int> Ours = [];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static HashSet<int> EndedBefore = [];

    /// <summary>True if orphans come to this process.</summary>
    public static bool InheritsOrphans => Environment.ProcessId == 1;

    /// <summary>Runs what forks and returns the child's id, or none above 0; nothing is reaped before the id is known.</summary>
    internal static int Start(Func<int> start)
    {
        StartOrReap.EnterReadLock();
        try
        {
            int pid = start();
            if (pid > 0)
            {
                lock (Ours)
                {
                    _ = Ours.Add(pid);
                }
            }

            return pid;
        }
        finally
        {
            StartOrReap.ExitReadLock();
        }
    }

    /// <summary>The exit of this child was collected: its id may be another's from now on.</summary>
    public static void Forget(int pid)
    {
        lock (Ours)
        {
            _ = Ours.Remove(pid);
        }
    }

    /// <summary>Looks for orphans that have ended, once a second, until this is disposed.</summary>
    /// <remarks>
    /// Not at SIGCHLD: where a handler of it is registered, the runtime, as the first process, collects every exit itself, also
    /// those that somebody waits for (seen on .NET 10).
    /// </remarks>
    public static IDisposable ReapOrphans() => new Timer(_ => Reap(), null, Pause, Pause);

    /// <summary>
    /// Collects the exits of children that this process did not start. waitid(2) for any child would take, or stop at, one
    /// that somebody waits for, so they are looked up one by one.
    /// </summary>
    private static unsafe void Reap()
    {
        StartOrReap.EnterWriteLock();
        try
        {
            // A module of PAM that has started a helper collects its exit itself, at once: what is still there now is an orphan.
            HashSet<int> ended = [.. Ended().Where(IsForeign)];
            foreach (int pid in ended.Where(EndedBefore.Contains))
            {
                _ = waitpid(pid, null, NoHang);
            }

            ended.ExceptWith(EndedBefore);
            EndedBefore = ended;
        }
        finally
        {
            StartOrReap.ExitWriteLock();
        }
    }

    private static bool IsForeign(int pid)
    {
        lock (Ours)
        {
            return !Ours.Contains(pid);
        }
    }

    /// <summary>The children of all threads (orphans go to one of them) that nobody has collected yet.</summary>
    private static IEnumerable<int> Ended()
    {
        string self = $"{Environment.ProcessId}";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int pid) && ParentOfZombie(folder) == self)
            {
                yield return pid;
            }
        }
    }

    private static string? ParentOfZombie(string folder)
    {
        try
        {
            // stat(5): the name, in brackets, may hold anything; state and parent follow it.
            string stat = File.ReadAllText(folder + "/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is ["Z", var parent, ..] ? parent : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended.
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int waitpid(int pid, int* status, int options);
}
