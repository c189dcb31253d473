namespace RexecConformance.Fuzzing.Running;

/// <summary>Lets many workers through, and keeps them all out while one looks at a server that no case is under way on.</summary>
internal sealed class QuietGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;
    private TaskCompletionSource? _empty;
    private int _inside;

    /// <summary>Waits until the gate is open and goes in.</summary>
    public async ValueTask EnterAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task wait;
            lock (_lock)
            {
                if (_closed is null)
                {
                    _inside++;
                    return;
                }

                wait = _closed.Task;
            }

            await wait.WaitAsync(cancel);
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_inside == 0)
            {
                _empty?.TrySetResult();
            }
        }
    }

    /// <summary>Closes the gate and waits until nobody is inside; what is returned opens it. One at a time.</summary>
    public async Task<IDisposable> CloseAsync(CancellationToken cancel)
    {
        Task empty;
        lock (_lock)
        {
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0)
            {
                _empty.SetResult();
            }

            empty = _empty.Task;
        }

        try
        {
            await empty.WaitAsync(cancel);
            return new Opener(this);
        }
        catch
        {
            Open();
            throw;
        }
    }

    private void Open()
    {
        lock (_lock)
        {
            TaskCompletionSource? closed = _closed;
            _closed = null;
            _empty = null;
            _ = closed?.TrySetResult();
        }
    }

    private sealed class Opener(QuietGate gate) : IDisposable
    {
        public void Dispose() => gate.Open();
    }
}
