using System.Diagnostics;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>When something last happened in an exchange, and a wait for the next.</summary>
/// <param name="clock">The clock of the exchange.</param>
/// <param name="lateness">How late all is: as much more is waited, for each step of an answer.</param>
internal sealed class Activity(Stopwatch clock, Lateness lateness)
{
    // A wait that ends this much later than it should, or by a quarter of what it is, shows a machine that is busy: the server may be as late.
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(150);
    private const int MostExtensions = 5;

    // Connect, read, look up, connect back, run, write: each may have to wait for its turn.
    private const int StepsOfAnswer = 10;
    private static readonly TimeSpan s_mostBusy = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _last;

    /// <summary>Something has happened now.</summary>
    public void Note()
    {
        TaskCompletionSource next;
        lock (_lock)
        {
            _last = clock.Elapsed;
            next = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        next.TrySetResult();
    }

    /// <summary>Waits until something holds; false if nothing has happened for too long before it did.</summary>
    /// <param name="holds">Looked at whenever something happens.</param>
    /// <param name="quiet">How long nothing may happen; asked each time.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> WaitAsync(Func<bool> holds, Func<TimeSpan> quiet, CancellationToken cancel)
    {
        int extensions = 0;
        TimeSpan extra = TimeSpan.Zero;
        while (true)
        {
            Task next;
            TimeSpan since;
            lock (_lock)
            {
                next = _next.Task;
                since = clock.Elapsed - _last;
            }

            if (holds())
            {
                return true;
            }

            TimeSpan busy = lateness.Recent * StepsOfAnswer;
            TimeSpan left = quiet() + (busy < s_mostBusy ? busy : s_mostBusy) + extra - since;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            TimeSpan began = clock.Elapsed;
            try
            {
                await next.WaitAsync(left, cancel);
            }
            catch (TimeoutException)
            {
                TimeSpan late = clock.Elapsed - began - left;
                if ((late > s_late || late * 4 > quiet()) && extensions++ < MostExtensions)
                {
                    extra = clock.Elapsed - began - left + quiet();
                }
            }
        }
    }
}
