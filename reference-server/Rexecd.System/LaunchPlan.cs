using System.Runtime.InteropServices;

namespace Posix;

/// <summary>The parts of a <see cref="Launch"/>, and what came of it; in native memory, of which a child of fork has a copy.</summary>
internal unsafe struct LaunchPlan
{
    public byte* Path;
    public byte** Arguments;
    public byte** Environment;
    public byte* Directory;
    public bool DirectoryAsUser;

    /// <summary>Whether the child ends once it is in the directory, and no program is started.</summary>
    public bool OnlyDirectory;
    public bool NewSession;
    public bool NewProcessGroup;
    public int FileModeMask;
    public bool ChangesUser;
    public uint User;
    public uint Group;
    public uint* Groups;
    public nint GroupCount;

    public int StandardInput;
    public int StandardOutput;
    public int StandardError;

    /// <summary>Where the child writes <see cref="Report"/> if a step fails.</summary>
    public int ReportTo;
    public LaunchReport Report;

    /// <summary>The kernel's sigset_t.</summary>
    public ulong AllSignals;
    public ulong NoSignals;
    public ulong OwnSignals;

    /// <summary>The kernel's struct sigaction: all of it 0.</summary>
    public SignalAction DefaultAction;
    public ResourceLimit OpenFiles;
    public SystemCallNumbers Numbers;

    /// <summary>libc's _Fork, which runs no handlers and takes no locks.</summary>
    public delegate*<int> Fork;

    /// <summary>libc's syscall.</summary>
    public delegate*<nint, nint, nint, nint, nint, nint> SystemCall;

    /// <summary>libc's address of errno.</summary>
    public delegate*<int*> ErrorNumber;
}

/// <summary>How a start failed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LaunchReport
{
    /// <summary>Error number, 0 for success.</summary>
    public int Error;

    /// <summary>The step that failed.</summary>
    public SpawnStep Step;
}

/// <summary>struct rlimit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public ulong Soft;
    public ulong Hard;
}

/// <summary>struct sigaction of the kernel.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SignalAction
{
    public nint Handler;
    public nuint Flags;
    public nint Restorer;
    public ulong Mask;
}
