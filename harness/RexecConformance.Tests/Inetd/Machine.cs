using System.Security.Cryptography;
using System.Text;

namespace RexecConformance.Tests.Inetd;

/// <summary>What /proc and the file system say of this machine.</summary>
internal static class Machine
{
    /// <summary>The identity of a process's mount namespace, or null if it has ended.</summary>
    public static string? MountNamespaceOf(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/mnt").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>All processes in a mount namespace.</summary>
    public static IReadOnlyList<int> ProcessesOf(string mountNamespace) =>
        [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out int pid) ? pid : 0)
            .Where(pid => pid > 0 && MountNamespaceOf(pid) == mountNamespace)];

    /// <summary>The children of a process, zombies included.</summary>
    public static IReadOnlyList<int> ChildrenOf(int pid) =>
        [.. Directory.GetDirectories($"/proc/{pid}/task").SelectMany(ChildrenOfThread).Select(int.Parse)];

    private static string[] ChildrenOfThread(string task)
    {
        try
        {
            return File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // the thread has ended since it was listed
        }
    }

    /// <summary>The account files' contents, owners of homes, temporary files and mounts, as one text to compare.</summary>
    public static string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (string file in new[] { "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/hosts", "/etc/nsswitch.conf", "/etc/environment" }.Where(File.Exists))
        {
            text.Append($"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {File.GetLastWriteTimeUtc(file):O}\n");
        }

        foreach (string directory in new[] { "/home", "/root", "/tmp", "/run", "/dev/shm", "/etc" })
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(directory).GetFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                text.Append($"{entry.FullName} {entry.UnixFileMode} {(directory is "/tmp" or "/run" or "/root" ? "" : entry.LastWriteTimeUtc.ToString("O"))}\n");
            }
        }

        return text.Append(File.ReadAllText("/proc/self/mounts")).ToString();
    }
}
