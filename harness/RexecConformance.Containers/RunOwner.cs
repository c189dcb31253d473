using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace RexecConformance.Containers;

/// <summary>
/// Whose a container is: a run, and the process that it belongs to. A process id alone would not do, as ids are given
/// again; id and start time together name one process of one machine since it was booted.
/// </summary>
public sealed record RunOwner
{
    // Process.StartTime is worked out from two clocks and wavers by less than this.
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static RunOwner Current { get; } = new()
    {
        Run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
        ProcessId = Environment.ProcessId,
        ProcessStart = StartOf(Environment.ProcessId) ?? "",
        Machine = Environment.MachineName,
        Boot = ReadOrEmpty("/proc/sys/kernel/random/boot_id"),
        ProcessSpace = LinkOrEmpty("/proc/self/ns/pid"),
    };

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>The process's id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When the process started: clock ticks since boot on Linux, else seconds since 1970.</summary>
    public required string ProcessStart { get; init; }

    /// <summary>The machine's name: an engine may serve several.</summary>
    public required string Machine { get; init; }

    /// <summary>The kernel's id of this boot (Linux), or empty.</summary>
    public required string Boot { get; init; }

    /// <summary>The process id namespace (Linux), or empty: a harness in a container has ids of its own.</summary>
    public required string ProcessSpace { get; init; }

    /// <summary>As labels.</summary>
    public Dictionary<string, string> ToLabels() => new()
    {
        [Labels.Run] = Run,
        [Labels.ProcessId] = ProcessId.ToString(CultureInfo.InvariantCulture),
        [Labels.ProcessStart] = ProcessStart,
        [Labels.Machine] = Machine,
        [Labels.Boot] = Boot,
        [Labels.ProcessSpace] = ProcessSpace,
    };

    /// <summary>From a container's labels, or null if they are not all there.</summary>
    public static RunOwner? FromLabels(IReadOnlyDictionary<string, string> labels)
    {
        string? Take(string key) => labels.GetValueOrDefault(key);
        return Take(Labels.Run) is { Length: > 0 } run
            && int.TryParse(Take(Labels.ProcessId), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            && Take(Labels.ProcessStart) is { Length: > 0 } start
            && Take(Labels.Machine) is { } machine
            ? new RunOwner
            {
                Run = run,
                ProcessId = pid,
                ProcessStart = start,
                Machine = machine,
                Boot = Take(Labels.Boot) ?? "",
                ProcessSpace = Take(Labels.ProcessSpace) ?? "",
            }
            : null;
    }

    /// <summary>
    /// True if this process has certainly ended. Processes of another machine or of another process id namespace cannot
    /// be seen from here: they are taken to be alive.
    /// </summary>
    public bool IsGone()
    {
        RunOwner here = Current;
        if (Machine != here.Machine)
        {
            return false;
        }

        if (Boot != here.Boot)
        {
            return Boot.Length > 0 && here.Boot.Length > 0;
        }

        return ProcessSpace == here.ProcessSpace && !SameStart(StartOf(ProcessId), ProcessStart);
    }

    private static bool SameStart(string? now, string then) =>
        now is not null && (now == then
            || (!OperatingSystem.IsLinux() && long.TryParse(now, out long a) && long.TryParse(then, out long b)
                && Math.Abs(a - b) <= s_clockSlack.TotalSeconds));

    private static string? StartOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // proc(5): field 22; the name in parentheses before it may hold anything, parentheses included.
                string stat = File.ReadAllText($"/proc/{pid}/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[22 - 3];
            }

            using var process = Process.GetProcessById(pid);
            return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string ReadOrEmpty(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";

    private static string LinkOrEmpty(string path) => OperatingSystem.IsLinux() ? new FileInfo(path).LinkTarget ?? "" : "";
}
