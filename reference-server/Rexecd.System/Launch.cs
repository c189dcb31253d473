using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>A request in native memory: what has become the user must not run managed code that does more than call.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Launch : IDisposable
{
    private const int InvalidArgument = 22; // EINVAL
    private const int NotImplemented = 38; // ENOSYS

    private static readonly nint Libc = NativeLibrary.Load("libc.so.6");

    private readonly NativeStrings _arguments;
    private readonly NativeStrings _environment;

    public Launch(SpawnRequest request)
    {
        _arguments = new NativeStrings(request.Arguments);
        _environment = new NativeStrings(request.Environment);
        Plan = (LaunchPlan*)NativeMemory.AllocZeroed((nuint)sizeof(LaunchPlan));
        Plan->Path = Copy(SystemText.Bytes(request.Path));
        Plan->Arguments = _arguments.Pointer;
        Plan->Environment = _environment.Pointer;
        Plan->Directory = request.WorkingDirectory is { } directory ? Copy(SystemText.Bytes(directory)) : null;
        Plan->DirectoryAsUser = request.DirectoryAsUser;
        Plan->NewSession = request.NewSession;
        Plan->NewProcessGroup = request.NewProcessGroup;
        Plan->FileModeMask = request.FileModeMask ?? -1;
        (Plan->StandardInput, Plan->StandardOutput, Plan->StandardError) = (request.StandardInput, request.StandardOutput, request.StandardError);
        Plan->AllSignals = ulong.MaxValue;
        Plan->Fork = (delegate*<int>)NativeLibrary.GetExport(Libc, "_Fork");
        Plan->SystemCall = (delegate*<nint, nint, nint, nint, nint, nint>)NativeLibrary.GetExport(Libc, "syscall");
        Plan->ErrorNumber = (delegate*<int*>)NativeLibrary.GetExport(Libc, "__errno_location");
        if (SystemCallNumbers.Own is not { } numbers)
        {
            Dispose();
            throw new SpawnException(NotImplemented, "processes on this architecture");
        }

        Plan->Numbers = numbers;
        if (request.User is { } user)
        {
            TakeUser(user);
        }
    }

    public LaunchPlan* Plan { get; }

    public void Dispose()
    {
        NativeMemory.Free(Plan->Path);
        NativeMemory.Free(Plan->Directory);
        NativeMemory.Free(Plan->Groups);
        NativeMemory.Free(Plan);
        _arguments.Dispose();
        _environment.Dispose();
    }

    private void TakeUser(UserIds user)
    {
        // To the kernel this number means: as it is.
        if (user.User == uint.MaxValue || user.Group == uint.MaxValue)
        {
            Dispose();
            throw new SpawnException(InvalidArgument, $"user id {user.User}, group id {user.Group}", SpawnStep.Identity);
        }

        Plan->ChangesUser = true;
        Plan->User = user.User;
        Plan->Group = user.Group;
        Plan->GroupCount = user.Supplementary.Count;
        Plan->Groups = (uint*)NativeMemory.Alloc((nuint)user.Supplementary.Count + 1, sizeof(uint));
        for (int i = 0; i < user.Supplementary.Count; i++)
        {
            Plan->Groups[i] = user.Supplementary[i];
        }
    }

    private static byte* Copy(byte[] bytes)
    {
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
