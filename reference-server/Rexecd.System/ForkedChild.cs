using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// A child of fork(2) that becomes a user in his directory, and then a program. Nothing of it happens to this process: its
/// ids, directory, mask of files and limits stay what they are.
/// </summary>
/// <remarks>
/// <para>
/// The child has one thread, and a copy of a runtime whose other threads are gone. A wait for one of them, which any helper of
/// the runtime may be, would never end. So it runs one method, which is compiled by the time that it forks, and which
/// allocates nothing, throws nothing and calls no other managed method.
/// </para>
/// <para>
/// It calls libc as if that were managed code. For numbers and pointers the two conventions are the same on x86-64 and arm64,
/// and there is no look at the garbage collector around such a call; after an unmanaged call there is one always, with
/// <c>SuppressGCTransition</c> too, at which the child would hang if it was forked while a collection began. In the parent
/// a collection waits for this method's short part: system calls that do not block.
/// </para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal static unsafe class ForkedChild
{
    private const int ReportDescriptor = 3;
    private const int DuplicateAtLeast = 1030; // F_DUPFD_CLOEXEC
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int LastDescriptor = -1; // as unsigned
    private const int SetWhole = 2; // SIG_SETMASK
    private const int SignalBytes = 8; // of the kernel's sigset_t
    private const int LastSignal = 64;
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const int CannotExecute = 127;

    /// <summary>Forks, and returns the child's id, or -1 with an error in the plan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Start(LaunchPlan* plan)
    {
        // A handler of a signal would run managed code in the child.
        _ = plan->SystemCall(plan->Numbers.SignalMask, SetWhole, (nint)(&plan->AllSignals), (nint)(&plan->OwnSignals), SignalBytes);
        int child = plan->Fork();
        if (child != 0)
        {
            plan->Report.Error = child < 0 ? *plan->ErrorNumber() : 0;
            _ = plan->SystemCall(plan->Numbers.SignalMask, SetWhole, (nint)(&plan->OwnSignals), 0, SignalBytes);
            return child;
        }

        // The descriptors first: as long as the child has copies of others, those are not closed when this process closes them.
        plan->Report.Step = SpawnStep.Preparation;
        nint report = plan->SystemCall(plan->Numbers.Control, plan->ReportTo, DuplicateAtLeast, ReportDescriptor + 1, 0);
        if (!plan->OnlyDirectory)
        {
            nint input = plan->SystemCall(plan->Numbers.Control, plan->StandardInput, DuplicateAtLeast, ReportDescriptor + 1, 0);
            nint output = plan->SystemCall(plan->Numbers.Control, plan->StandardOutput, DuplicateAtLeast, ReportDescriptor + 1, 0);
            nint error = plan->SystemCall(plan->Numbers.Control, plan->StandardError, DuplicateAtLeast, ReportDescriptor + 1, 0);
            if (plan->SystemCall(plan->Numbers.Duplicate, report, ReportDescriptor, CloseOnExec, 0) < 0
                || plan->SystemCall(plan->Numbers.Duplicate, input, 0, 0, 0) < 0
                || plan->SystemCall(plan->Numbers.Duplicate, output, 1, 0, 0) < 0
                || plan->SystemCall(plan->Numbers.Duplicate, error, 2, 0, 0) < 0)
            {
                goto Failed;
            }
        }
        else if (plan->SystemCall(plan->Numbers.Duplicate, report, ReportDescriptor, CloseOnExec, 0) < 0)
        {
            goto Failed;
        }

        if (plan->SystemCall(plan->Numbers.CloseRange, ReportDescriptor + 1, LastDescriptor, 0, 0) != 0)
        {
            goto Failed;
        }

        // From here on the report has its own number.
        plan->ReportTo = ReportDescriptor;
        if ((plan->NewSession && plan->SystemCall(plan->Numbers.SetSession, 0, 0, 0, 0) < 0)
            || (plan->NewProcessGroup && !plan->NewSession && plan->SystemCall(plan->Numbers.SetProcessGroup, 0, 0, 0, 0) != 0))
        {
            goto Failed;
        }

        if (plan->FileModeMask >= 0)
        {
            _ = plan->SystemCall(plan->Numbers.FileModeMask, plan->FileModeMask, 0, 0, 0);
        }

        // Those of .NET are set too, which else ran if a signal came before the program does.
        for (nint signal = 1; signal <= LastSignal; signal++)
        {
            _ = plan->SystemCall(plan->Numbers.SignalAction, signal, (nint)(&plan->DefaultAction), 0, SignalBytes);
        }

        // .NET has raised its own to the hard limit, which changes programs that close or count all descriptors.
        if (plan->SystemCall(plan->Numbers.Limit, 0, OpenFiles, 0, (nint)(&plan->OpenFiles)) == 0 && plan->OpenFiles.Soft > OpenFileLimit.OfLogin)
        {
            plan->OpenFiles.Soft = OpenFileLimit.OfLogin;
            _ = plan->SystemCall(plan->Numbers.Limit, 0, OpenFiles, (nint)(&plan->OpenFiles), 0);
        }

        plan->Report.Step = SpawnStep.Directory;
        if (plan->Directory != null && !plan->DirectoryAsUser && plan->SystemCall(plan->Numbers.ChangeDirectory, (nint)plan->Directory, 0, 0, 0) != 0)
        {
            goto Failed;
        }

        plan->Report.Step = SpawnStep.Identity;
        if (plan->ChangesUser
            && (plan->SystemCall(plan->Numbers.SetGroups, plan->GroupCount, (nint)plan->Groups, 0, 0) != 0
                || plan->SystemCall(plan->Numbers.SetGroup, (nint)plan->Group, (nint)plan->Group, (nint)plan->Group, 0) != 0
                || plan->SystemCall(plan->Numbers.SetUser, (nint)plan->User, (nint)plan->User, (nint)plan->User, 0) != 0))
        {
            goto Failed;
        }

        plan->Report.Step = SpawnStep.Directory;
        if (plan->Directory != null && plan->DirectoryAsUser && plan->SystemCall(plan->Numbers.ChangeDirectory, (nint)plan->Directory, 0, 0, 0) != 0)
        {
            goto Failed;
        }

        if (plan->OnlyDirectory)
        {
            _ = plan->SystemCall(plan->Numbers.Exit, 0, 0, 0, 0);
        }

        plan->Report.Step = SpawnStep.Program;
        _ = plan->SystemCall(plan->Numbers.SignalMask, SetWhole, (nint)(&plan->NoSignals), 0, SignalBytes);
        _ = plan->SystemCall(plan->Numbers.Execute, (nint)plan->Path, (nint)plan->Arguments, (nint)plan->Environment, 0);

    Failed:
        plan->Report.Error = *plan->ErrorNumber();
        _ = plan->SystemCall(plan->Numbers.Write, plan->ReportTo, (nint)(&plan->Report), sizeof(LaunchReport), 0);
        while (true)
        {
            _ = plan->SystemCall(plan->Numbers.Exit, CannotExecute, 0, 0, 0);
        }
    }
}
