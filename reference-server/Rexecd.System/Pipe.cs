using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>A pipe(2) that children do not inherit, the reading end of which does not block.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class Pipe : IDisposable
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int SetFlags = 4; // F_SETFL
    private const int NonBlocking = 0x800; // O_NONBLOCK

    private int _reading;
    private int _writing;

    /// <summary>Makes a pipe.</summary>
    /// <exception cref="SpawnException">No descriptors are left.</exception>
    public unsafe Pipe()
    {
        int* ends = stackalloc int[2];
        if (pipe2(ends, CloseOnExec) != 0)
        {
            throw new SpawnException(Marshal.GetLastPInvokeError(), "pipe");
        }

        (_reading, _writing) = (ends[0], ends[1]);
        _ = fcntl(_reading, SetFlags, NonBlocking);
    }

    /// <summary>Descriptor of the writing end, for a child.</summary>
    public int WritingEnd => _writing;

    /// <summary>Closes our copy of the writing end, so that the pipe ends when all children have closed theirs.</summary>
    public void CloseWritingEnd()
    {
        if (_writing >= 0)
        {
            _ = close(_writing);
            _writing = -1;
        }
    }

    /// <summary>Reads what is there, waiting until there is something; 0 is the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        while (true)
        {
            int count = TryRead(buffer.Span);
            if (count >= 0)
            {
                return count;
            }

            await Readiness.WhenReadableAsync(_reading, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Closes both ends, those that are open. Not while a read is pending.</summary>
    public void Dispose()
    {
        CloseWritingEnd();
        if (_reading >= 0)
        {
            _ = close(_reading);
            _reading = -1;
        }
    }

    private unsafe int TryRead(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return (int)read(_reading, bytes, (nuint)buffer.Length);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int pipe2(int* ends, int flags);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int value);

    [LibraryImport("libc")]
    private static unsafe partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
