using Posix;

namespace Rexecd;

/// <summary>
/// Process groups whose leader, the shell, has ended and that may still have members: jobs in the background. They live
/// on without a session, as under inetd, and end with the server.
/// </summary>
/// <remarks>
/// The kernel gives the number of a group that has members to nobody else, and an empty one to a new process sooner or
/// later. A leftover group never has its leader, so a process of that number means that the number is somebody else's.
/// </remarks>
internal sealed class ProcessGroups
{
    private const int Kill = 9;
    private readonly HashSet<int> _left = [];
    private int _lookAt = 64;
    private bool _ended;

    /// <summary>Remembers a group if anything is left of it. Its leader has ended and has been collected.</summary>
    public void Left(int group)
    {
        if (!OperatingSystem.IsLinux() || !Processes.GroupExists(group))
        {
            return;
        }

        lock (_left)
        {
            _left.Add(group);
            if (_ended)
            {
                EndAll();
            }
            else if (_left.Count >= _lookAt)
            {
                // Looked through each time it has doubled: no clock is needed, and it stays as long as what runs.
                _left.RemoveWhere(one => !IsOurs(one));
                _lookAt = Math.Max(64, _left.Count * 2);
            }
        }
    }

    /// <summary>Kills what is left, and what will be left.</summary>
    public void End()
    {
        lock (_left)
        {
            _ended = true;
            EndAll();
        }
    }

    private static bool IsOurs(int group) => OperatingSystem.IsLinux() && Processes.GroupExists(group) && !Processes.Exists(group);

    private void EndAll()
    {
        foreach (int group in _left)
        {
            if (OperatingSystem.IsLinux() && IsOurs(group))
            {
                Processes.Signal(-group, Kill);
            }
        }

        _left.Clear();
    }
}
