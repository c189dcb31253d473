using System.Runtime.Versioning;
using Posix;

namespace RexecConformance.Inetd;

/// <summary>The daemon processes that were started and have not been waited for yet, and how the ended ones crashed.</summary>
/// <remarks>Each is waited for by its own id: waiting for any child would take the ends of .NET's own processes.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class Sessions(string daemon)
{
    private const int Kill = 9;

    // Signals that a program brings upon itself. Others (TERM, PIPE, or ALRM, which is how a rexec daemon ends a
    // silent client) are no crash.
    private static readonly Dictionary<int, string> CrashSignals = new()
    {
        [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [11] = "SIGSEGV", [31] = "SIGSYS",
    };

    private readonly Lock _gate = new();
    private readonly List<int> _running = [];
    private readonly List<string> _crashes = [];

    /// <summary>How many have not ended.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>One line for each daemon that a signal ended, and for each that could not be started.</summary>
    public IReadOnlyList<string> Crashes
    {
        get
        {
            Reap();
            lock (_gate)
            {
                return [.. _crashes];
            }
        }
    }

    public void Add(int pid)
    {
        lock (_gate)
        {
            _running.Add(pid);
        }
    }

    public void AddFailure(string reason)
    {
        lock (_gate)
        {
            _crashes.Add($"{daemon}: {reason}");
        }
    }

    /// <summary>Collects the ended ones, without waiting.</summary>
    public void Reap()
    {
        lock (_gate)
        {
            for (int i = _running.Count - 1; i >= 0; i--)
            {
                if (Native.TryReap(_running[i], out int status))
                {
                    _running.RemoveAt(i);
                    NoteCrash(status);
                }
            }
        }
    }

    /// <summary>Ends the running ones with their process groups, and waits for them.</summary>
    public void EndAll()
    {
        lock (_gate)
        {
            // Only of processes that are not waited for yet: the ids of others may have been given away again.
            Reap();
            foreach (int pid in _running)
            {
                Processes.Signal(-pid, Kill);
                Processes.Signal(pid, Kill);
            }

            foreach (int pid in _running)
            {
                // A crash closes the connection before the process can be waited for: it may have died just now.
                NoteCrash(Processes.WaitForEnd(pid));
            }

            _running.Clear();
        }
    }

    private void NoteCrash(int status)
    {
        if (CrashSignals.TryGetValue(status & 0x7f, out string? signal))
        {
            _crashes.Add($"{daemon}: ended by signal {status & 0x7f} ({signal})");
        }
    }
}
