using System.Runtime.InteropServices;

namespace Posix;

/// <summary>Numbers of the system calls between fork and exec; libc's own functions do more, or set the ids of all threads.</summary>
/// <remarks>From asm/unistd_64.h and asm-generic/unistd.h of Linux. Known for x86-64 and arm64.</remarks>
internal struct SystemCallNumbers
{
    public nint Write;
    public nint SignalAction;
    public nint SignalMask;
    public nint Execute;
    public nint Control;
    public nint ChangeDirectory;
    public nint FileModeMask;
    public nint SetProcessGroup;
    public nint SetSession;
    public nint SetGroups;
    public nint SetUser;
    public nint SetGroup;
    public nint Exit;
    public nint Duplicate;
    public nint Limit;
    public nint CloseRange;

    /// <summary>Those of this architecture, or null.</summary>
    public static SystemCallNumbers? Own => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => new SystemCallNumbers
        {
            Write = 1,
            SignalAction = 13,
            SignalMask = 14,
            Execute = 59,
            Control = 72,
            ChangeDirectory = 80,
            FileModeMask = 95,
            SetProcessGroup = 109,
            SetSession = 112,
            SetGroups = 116,
            SetUser = 117,
            SetGroup = 119,
            Exit = 231,
            Duplicate = 292,
            Limit = 302,
            CloseRange = 436,
        },
        Architecture.Arm64 => new SystemCallNumbers
        {
            Write = 64,
            SignalAction = 134,
            SignalMask = 135,
            Execute = 221,
            Control = 25,
            ChangeDirectory = 49,
            FileModeMask = 166,
            SetProcessGroup = 154,
            SetSession = 157,
            SetGroups = 159,
            SetUser = 147,
            SetGroup = 149,
            Exit = 94,
            Duplicate = 24,
            Limit = 261,
            CloseRange = 436,
        },
        _ => null,
    };
}
