using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// A thread that becomes a user, changes to a directory, starts a program, and ends. Ids, working directory and file
/// mode mask are those of this thread alone: the process stays who and where it is.
/// </summary>
/// <remarks>
/// Threads inherit the ids of the thread that makes them, and the runtime makes threads when it likes (a worker of the
/// pool, the compiler's own). So what runs here as the user is one method that is compiled to the end at once and that only
/// calls libc through pointers: it completes nothing, allocates nothing, throws nothing.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static unsafe class UserThread
{
    private const int StackBytes = 256 * 1024;
    private const int OwnFileSystem = 0x200; // CLONE_FS: own working directory, own mask
    private const int Search = 1; // X_OK
    private const nint CloseRange = 436; // SYS_close_range, the same on all architectures
    private const int LastDescriptor = -1; // as unsigned
    private const nint AtExec = 4; // CLOSE_RANGE_CLOEXEC
    private const int SetWhole = 2; // SIG_SETMASK

    private static readonly nint Libc = NativeLibrary.Load("libc.so.6");
    private static readonly delegate* unmanaged<nint, nint, nint, nint, nint> SystemCall =
        (delegate* unmanaged<nint, nint, nint, nint, nint>)NativeLibrary.GetExport(Libc, "syscall");

    private static readonly delegate* unmanaged<int, int> Unshare = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(Libc, "unshare");
    private static readonly delegate* unmanaged<int, int> Mask = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(Libc, "umask");
    private static readonly delegate* unmanaged<byte*, int> ChangeDirectory = (delegate* unmanaged<byte*, int>)NativeLibrary.GetExport(Libc, "chdir");
    private static readonly delegate* unmanaged<byte*, int, int> MayAccess = (delegate* unmanaged<byte*, int, int>)NativeLibrary.GetExport(Libc, "access");
    private static readonly delegate* unmanaged<int*> ErrorNumber = (delegate* unmanaged<int*>)NativeLibrary.GetExport(Libc, "__errno_location");
    private static readonly delegate* unmanaged<int*, byte*, byte*, byte*, byte**, byte**, int> Spawn =
        (delegate* unmanaged<int*, byte*, byte*, byte*, byte**, byte**, int>)NativeLibrary.GetExport(Libc, "posix_spawn");

    private static readonly delegate* unmanaged<int, int, int> Duplicate = (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(Libc, "dup2");
    private static readonly delegate* unmanaged<int, byte*, byte*, int> SetMask = (delegate* unmanaged<int, byte*, byte*, int>)NativeLibrary.GetExport(Libc, "sigprocmask");
    private static readonly delegate* unmanaged<byte*, byte**, byte**, int> Execute = (delegate* unmanaged<byte*, byte**, byte**, int>)NativeLibrary.GetExport(Libc, "execve");

    private static readonly (nint SetGroups, nint SetGroup, nint SetUser) Calls = UserIds.Calls;

    private static readonly Lazy<bool> Unshares = new(TryUnshare);

    /// <summary>Whether a thread can have a working directory of its own; the seccomp filters of some container engines forbid it.</summary>
    public static bool HasOwnFileSystem => Unshares.Value;

    /// <summary>Runs the plan to its end on a thread of its own, and fills in what came of it.</summary>
    public static void Run(LaunchPlan* plan)
    {
        nint address = (nint)plan;
        var thread = new Thread(() => Start((LaunchPlan*)address), StackBytes) { IsBackground = true, Name = "start" };
        thread.Start();
        thread.Join();
    }

    /// <summary>Becomes the user in his directory, as the plan says; false with its error if a step fails.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Become(LaunchPlan* plan)
    {
        plan->Step = SpawnStep.Preparation;
        if (plan->OwnFileSystem && Unshare(OwnFileSystem) != 0)
        {
            return Failed(plan);
        }

        if ((plan->OwnFileSystem || plan->InPlace) && plan->FileModeMask >= 0)
        {
            _ = Mask(plan->FileModeMask);
        }

        plan->Step = SpawnStep.Directory;
        if (plan->Directory != null && !plan->DirectoryAsUser && Enter(plan) != 0)
        {
            return Failed(plan);
        }

        plan->Step = SpawnStep.Identity;
        if (plan->ChangesUser
            && (SystemCall(Calls.SetGroups, plan->GroupCount, (nint)plan->Groups, 0) != 0
                || SystemCall(Calls.SetGroup, (nint)plan->Group, (nint)plan->Group, (nint)plan->Group) != 0
                || SystemCall(Calls.SetUser, (nint)plan->User, (nint)plan->User, (nint)plan->User) != 0))
        {
            return Failed(plan);
        }

        plan->Step = SpawnStep.Directory;
        return plan->Directory == null || !plan->DirectoryAsUser || Enter(plan) == 0 || Failed(plan);
    }

    private static bool TryUnshare()
    {
        bool can = false;
        var thread = new Thread(() => can = Unshare(OwnFileSystem) == 0, StackBytes) { IsBackground = true, Name = "start" };
        thread.Start();
        thread.Join();
        return can;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Start(LaunchPlan* plan)
    {
        if (!Become(plan))
        {
            return;
        }

        if (plan->InPlace)
        {
            Replace(plan);
        }
        else if (plan->Actions != null)
        {
            plan->Step = SpawnStep.Program;
            int child;
            plan->Error = Spawn(&child, plan->Path, plan->Actions, plan->Attributes, plan->Arguments, plan->Environment);
            plan->Child = child;
        }
    }

    /// <summary>Without a working directory of the thread's own, what a change to it would say; the child makes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Enter(LaunchPlan* plan) =>
        plan->OwnFileSystem || plan->InPlace ? ChangeDirectory(plan->Directory) : MayAccess(plan->DirectoryItself, Search);

    /// <summary>Returns only if it fails; descriptors 0, 1 and 2 are the program's by then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Replace(LaunchPlan* plan)
    {
        plan->Step = SpawnStep.Program;
        _ = SystemCall(CloseRange, 3, LastDescriptor, AtExec);
        if (Duplicate(plan->StandardInput, 0) < 0 || Duplicate(plan->StandardOutput, 1) < 0 || Duplicate(plan->StandardError, 2) < 0)
        {
            _ = Failed(plan);
            return;
        }

        _ = SetMask(SetWhole, plan->NoSignals, null);
        _ = Execute(plan->Path, plan->Arguments, plan->Environment);
        _ = Failed(plan);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Failed(LaunchPlan* plan)
    {
        plan->Error = *ErrorNumber();
        return false;
    }
}
