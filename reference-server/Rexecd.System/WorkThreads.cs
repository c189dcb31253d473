namespace Posix;

/// <summary>
/// Threads of their own for calls that block (PAM, crypt, a directory on a network): never those of the pool, which
/// everybody else waits for. Bounded; a thread without work ends after a few seconds.
/// </summary>
/// <remarks>
/// Waiting work is taken from the newest and the oldest end in turn. So a call that comes behind hundreds of others
/// waits for about two of them, and the oldest is not left behind for ever either.
/// </remarks>
/// <param name="name">Name of the threads.</param>
/// <param name="most">Most threads at a time.</param>
public sealed class WorkThreads(string name, int most)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private readonly LinkedList<Action> _waiting = new();
    private int _threads;
    private int _idle;
    private bool _oldestNext;

    /// <summary>Runs a call on one of the threads; the task has its result or its exception.</summary>
    public Task<T> RunAsync<T>(Func<T> call)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            try
            {
                result.SetResult(call());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    private void Add(Action work)
    {
        lock (_waiting)
        {
            _waiting.AddLast(work);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_waiting);
                return;
            }

            if (_threads == most)
            {
                return;
            }

            _threads++;
        }

        new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    private void Work()
    {
        while (Take() is { } work)
        {
            work();
        }
    }

    private Action? Take()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                bool woken = Monitor.Wait(_waiting, Idle);
                _idle--;
                if (!woken && _waiting.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }

            LinkedListNode<Action> next = (_oldestNext ? _waiting.First : _waiting.Last)!;
            _oldestNext = !_oldestNext;
            _waiting.Remove(next);
            return next.Value;
        }
    }
}
