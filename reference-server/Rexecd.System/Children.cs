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

    /// <summary>Reaps orphans whenever a child ends, until this is disposed.</summary>
    public static IDisposable ReapOrphans()
    {
        PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Reap());
        Reap();
        return registration;
    }

    /// <summary>
    /// Collects the exits of children that this process did not start. waitid(2) for any child would take, or stop at, one
    /// that a session waits for, so they are looked up one by one.
    /// </summary>
    private static unsafe void Reap()
    {
        StartOrReap.EnterWriteLock();
        try
        {
            foreach (int pid in All())
            {
                bool ours;
                lock (Ours)
                {
                    ours = Ours.Contains(pid);
                }

                if (!ours)
                {
                    _ = waitpid(pid, null, NoHang);
                }
            }
        }
        finally
        {
            StartOrReap.ExitWriteLock();
        }
    }

    /// <summary>The children of all threads: orphans go to one of them.</summary>
    private static IEnumerable<int> All()
    {
        string self = $"{Environment.ProcessId}";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int pid) && Parent(folder) == self)
            {
                yield return pid;
            }
        }
    }

    private static string? Parent(string folder)
    {
        try
        {
            // stat(5): the name, in brackets, may hold anything; state and parent follow it.
            string stat = File.ReadAllText(folder + "/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended.
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int waitpid(int pid, int* status, int options);
}
