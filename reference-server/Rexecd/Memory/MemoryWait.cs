using System.Threading.Tasks.Sources;

namespace Rexecd;

/// <summary>One wait of a session, at the end of which it goes on at once, on the thread that ended the wait.</summary>
internal sealed class MemoryWait : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationTokenRegistration _cancelled;

    public bool Waits { get; private set; }

    public short Version => _core.Version;

    public void Begin(CancellationToken cancel)
    {
        if (Waits)
        {
            throw new InvalidOperationException("two waits for one direction of a connection");
        }

        _core.Reset();
        Waits = true;
        _cancelled = cancel.UnsafeRegister(static (wait, token) => ((MemoryWait)wait!).End(new OperationCanceledException(token)), this);
    }

    public void End(int result)
    {
        if (Waits)
        {
            Waits = false;
            _cancelled.Dispose();
            _core.SetResult(result);
        }
    }

    public void End(Exception error)
    {
        if (Waits)
        {
            Waits = false;
            _cancelled.Dispose();
            _core.SetException(error);
        }
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
