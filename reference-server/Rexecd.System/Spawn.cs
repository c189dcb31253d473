using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// Starts programs with sockets as the standard descriptors, which <see cref="System.Diagnostics.Process"/> cannot do.
/// Signals that .NET ignores (SIGPIPE) are set back to their default, the signal mask is emptied, the soft limit of open files
/// is that of a login (1024), all other descriptors are closed.
/// </summary>
[SupportedOSPlatform("linux")]
public static unsafe partial class Spawn
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int Interrupted = 4; // EINTR

    /// <summary>
    /// Starts the program and returns its process id. The caller waits for it (<see cref="Processes.WaitForEnd"/>). Blocks for
    /// some milliseconds, or as long as the change to the directory takes.
    /// </summary>
    /// <exception cref="SpawnException">A step in the child failed; nothing is left running.</exception>
    public static int Start(SpawnRequest request)
    {
        using var launch = new Launch(request);
        int child = Run(launch);
        return launch.Plan->Report.Error == 0 ? child : throw new SpawnException(launch.Plan->Report.Error, request.Path, launch.Plan->Report.Step);
    }

    /// <summary>The error number that a change to the request's directory gives, 0 for none, with the ids that the request names.</summary>
    /// <exception cref="SpawnException">It could not be tried.</exception>
    public static int TryDirectory(SpawnRequest request)
    {
        using var launch = new Launch(request);
        launch.Plan->OnlyDirectory = true;
        int child = Run(launch);
        LaunchReport report = launch.Plan->Report;
        if (report.Error == 0)
        {
            _ = Processes.WaitForEnd(child);
        }

        return report.Error == 0 || report.Step == SpawnStep.Directory ? report.Error : throw new SpawnException(report.Error, "a process to look at a directory", report.Step);
    }

    /// <summary>The child's id, unless its report is that of a failure.</summary>
    private static int Run(Launch launch)
    {
        int* ends = stackalloc int[2];
        if (pipe2(ends, CloseOnExec) != 0)
        {
            throw new SpawnException(Marshal.GetLastPInvokeError(), "pipe");
        }

        (int reading, int writing) = (ends[0], ends[1]);
        int child = -1;
        try
        {
            launch.Plan->ReportTo = writing;
            child = Children.Start(() => ForkedChild.Start(launch.Plan));
        }
        finally
        {
            _ = close(writing);
            if (child > 0)
            {
                ReadReport(reading, &launch.Plan->Report);
            }

            _ = close(reading);
        }

        if (child > 0 && launch.Plan->Report.Error != 0)
        {
            _ = Processes.WaitForEnd(child);
        }

        return child;
    }

    /// <summary>Waits for the report; its pipe ends without one when the child has become the program, or has ended.</summary>
    private static void ReadReport(int pipe, LaunchReport* report)
    {
        LaunchReport told;
        nint count;
        do
        {
            count = read(pipe, &told, (nuint)sizeof(LaunchReport));
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        if (count == sizeof(LaunchReport))
        {
            *report = told;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, LaunchReport* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
