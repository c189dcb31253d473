using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// A thread that becomes a user and then, for the whole process, a program. Only for a process that is one login (<see
/// cref="ExecInPlace"/>): until exec ends them the other threads keep their ids, and so does the process if a step fails.
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
    private const int LastDescriptor = -1; // as unsigned
    private const nint AtExec = 4; // CLOSE_RANGE_CLOEXEC
    private const int SetWhole = 2; // SIG_SETMASK
    private const int SignalBytes = 8; // of the kernel's sigset_t

    private static readonly nint Libc = NativeLibrary.Load("libc.so.6");
    private static readonly delegate* unmanaged<nint, nint, nint, nint, nint, nint> SystemCall =
        (delegate* unmanaged<nint, nint, nint, nint, nint, nint>)NativeLibrary.GetExport(Libc, "syscall");

    private static readonly delegate* unmanaged<int*> ErrorNumber = (delegate* unmanaged<int*>)NativeLibrary.GetExport(Libc, "__errno_location");
    private static readonly delegate* unmanaged<int, int, int> Duplicate = (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(Libc, "dup2");

    /// <summary>Returns only if a step of the plan fails; its report has the error.</summary>
    public static void Run(LaunchPlan* plan)
    {
        nint address = (nint)plan;
        var thread = new Thread(() => Start((LaunchPlan*)address), StackBytes) { IsBackground = true, Name = "start" };
        thread.Start();
        thread.Join();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Start(LaunchPlan* plan)
    {
        if (plan->FileModeMask >= 0)
        {
            _ = SystemCall(plan->Numbers.FileModeMask, plan->FileModeMask, 0, 0, 0);
        }

        plan->Report.Step = SpawnStep.Directory;
        if (plan->Directory != null && !plan->DirectoryAsUser && SystemCall(plan->Numbers.ChangeDirectory, (nint)plan->Directory, 0, 0, 0) != 0)
        {
            plan->Report.Error = *ErrorNumber();
            return;
        }

        plan->Report.Step = SpawnStep.Identity;
        if (plan->ChangesUser
            && (SystemCall(plan->Numbers.SetGroups, plan->GroupCount, (nint)plan->Groups, 0, 0) != 0
                || SystemCall(plan->Numbers.SetGroup, (nint)plan->Group, (nint)plan->Group, (nint)plan->Group, 0) != 0
                || SystemCall(plan->Numbers.SetUser, (nint)plan->User, (nint)plan->User, (nint)plan->User, 0) != 0))
        {
            plan->Report.Error = *ErrorNumber();
            return;
        }

        plan->Report.Step = SpawnStep.Directory;
        if (plan->Directory != null && plan->DirectoryAsUser && SystemCall(plan->Numbers.ChangeDirectory, (nint)plan->Directory, 0, 0, 0) != 0)
        {
            plan->Report.Error = *ErrorNumber();
            return;
        }

        // Descriptors 0, 1 and 2 are the program's from here on.
        plan->Report.Step = SpawnStep.Program;
        _ = SystemCall(plan->Numbers.CloseRange, 3, LastDescriptor, AtExec, 0);
        if (Duplicate(plan->StandardInput, 0) >= 0 && Duplicate(plan->StandardOutput, 1) >= 0 && Duplicate(plan->StandardError, 2) >= 0)
        {
            _ = SystemCall(plan->Numbers.SignalMask, SetWhole, (nint)(&plan->NoSignals), 0, SignalBytes);
            _ = SystemCall(plan->Numbers.Execute, (nint)plan->Path, (nint)plan->Arguments, (nint)plan->Environment, 0);
        }

        plan->Report.Error = *ErrorNumber();
    }
}
