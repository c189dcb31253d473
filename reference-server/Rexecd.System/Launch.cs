using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Posix;

/// <summary>A request in native memory: a thread that has become the user must not run managed code that does more than call.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Launch : IDisposable
{
    private const int InvalidArgument = 22; // EINVAL

    private readonly NativeStrings _arguments;
    private readonly NativeStrings _environment;

    public Launch(SpawnRequest request)
    {
        _arguments = new NativeStrings(request.Arguments);
        _environment = new NativeStrings(request.Environment);
        Plan = (LaunchPlan*)NativeMemory.AllocZeroed((nuint)sizeof(LaunchPlan));
        Plan->Path = Copy(request.Path);
        Plan->Arguments = _arguments.Pointer;
        Plan->Environment = _environment.Pointer;
        Plan->Directory = request.WorkingDirectory is { } directory ? Copy(directory) : null;
        Plan->DirectoryItself = request.WorkingDirectory is { } entered ? Copy(entered + "/.") : null;
        Plan->DirectoryAsUser = request.DirectoryAsUser;
        Plan->FileModeMask = request.FileModeMask ?? -1;
        (Plan->StandardInput, Plan->StandardOutput, Plan->StandardError) = (request.StandardInput, request.StandardOutput, request.StandardError);
        if (request.User is { } user)
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
    }

    public LaunchPlan* Plan { get; }

    public void Dispose()
    {
        NativeMemory.Free(Plan->Path);
        NativeMemory.Free(Plan->Directory);
        NativeMemory.Free(Plan->DirectoryItself);
        NativeMemory.Free(Plan->Groups);
        NativeMemory.Free(Plan);
        _arguments.Dispose();
        _environment.Dispose();
    }

    private static byte* Copy(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}

/// <summary>The parts of a <see cref="Launch"/>, and what came of it.</summary>
internal unsafe struct LaunchPlan
{
    public byte* Path;
    public byte** Arguments;
    public byte** Environment;
    public byte* Directory;

    /// <summary>A path that exists if the directory can be changed to.</summary>
    public byte* DirectoryItself;

    public bool DirectoryAsUser;

    public int FileModeMask;
    public bool ChangesUser;
    public uint User;
    public uint Group;
    public uint* Groups;
    public nint GroupCount;

    /// <summary>The thread has no working directory of its own (<see cref="OwnDirectory"/>): a child changes to it by its actions.</summary>
    public bool SharesDirectory;

    /// <summary>Whether this process becomes the program; else a child, if there are <see cref="Actions"/>, does.</summary>
    public bool InPlace;

    public int StandardInput;
    public int StandardOutput;
    public int StandardError;

    /// <summary>An empty sigset_t.</summary>
    public byte* NoSignals;

    /// <summary>posix_spawn_file_actions_t.</summary>
    public byte* Actions;

    /// <summary>posix_spawnattr_t.</summary>
    public byte* Attributes;

    /// <summary>Process id of the child.</summary>
    public int Child;

    /// <summary>Error number, 0 for success.</summary>
    public int Error;

    /// <summary>The step that failed.</summary>
    public SpawnStep Step;
}
