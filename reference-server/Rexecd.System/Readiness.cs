using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Posix;

/// <summary>
/// Waits for descriptors that .NET has no asynchronous wait for (pipes, processes): one epoll(7) and one thread for all.
/// </summary>
[SupportedOSPlatform("linux")]
public static partial class Readiness
{
    private const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC
    private const int Add = 1; // EPOLL_CTL_ADD
    private const int Delete = 2; // EPOLL_CTL_DEL
    private const uint ReadableOnce = 0x1 | (1u << 30); // EPOLLIN | EPOLLONESHOT

    // struct epoll_event is packed on x86 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly ConcurrentDictionary<int, TaskCompletionSource> Waiting = new();
    private static readonly Lazy<int> Poll = new(Start);

    /// <summary>Completes when the descriptor can be read without blocking, or has ended. One wait at a time for each.</summary>
    public static async Task WhenReadableAsync(int descriptor, CancellationToken cancel)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting[descriptor] = ready;
        try
        {
            Register(descriptor);
            await ready.Task.WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            Waiting.TryRemove(descriptor, out _);
            Unregister(descriptor);
        }
    }

    private static unsafe void Register(int descriptor)
    {
        byte* happening = stackalloc byte[16];
        *(uint*)happening = ReadableOnce;
        *(int*)(happening + DataOffset) = descriptor;
        if (epoll_ctl(Poll.Value, Add, descriptor, happening) != 0)
        {
            throw new SpawnException(Marshal.GetLastPInvokeError(), "epoll_ctl");
        }
    }

    private static unsafe void Unregister(int descriptor) => _ = epoll_ctl(Poll.Value, Delete, descriptor, null);

    private static int Start()
    {
        int poll = epoll_create1(CloseOnExec);
        new Thread(() => Run(poll)) { IsBackground = true, Name = "readiness" }.Start();
        return poll;
    }

    private static unsafe void Run(int poll)
    {
        byte* happening = stackalloc byte[16];
        while (true)
        {
            if (epoll_wait(poll, happening, 1, -1) == 1 && Waiting.TryGetValue(*(int*)(happening + DataOffset), out TaskCompletionSource? ready))
            {
                ready.TrySetResult();
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int epoll_ctl(int poll, int operation, int descriptor, byte* happening);

    [LibraryImport("libc")]
    private static unsafe partial int epoll_wait(int poll, byte* happening, int count, int milliseconds);
}
