using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Reports;

/// <summary>Counts what is done in a run, from several threads, and says it in one short line.</summary>
/// <param name="time">The clock.</param>
public sealed class ProgressCounter(TimeProvider time) : IRunObserver
{
    /// <summary>Once no variant without waiting has ended for this long, the rest is taken to wait for time.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private long? _start;
    private long _lastQuick;
    private int _total;
    private int _done;
    private int _red;
    private string _target = "";

    /// <inheritdoc/>
    public void Started(ITarget target, int variants)
    {
        lock (_lock)
        {
            _start ??= time.GetTimestamp();
            _lastQuick = time.GetTimestamp();
            _total += variants;
            _target = PlainText.OneLine(target.Name);
        }
    }

    /// <inheritdoc/>
    public void Finished(VariantResult result)
    {
        lock (_lock)
        {
            _done++;
            _red += result.IsRed ? 1 : 0;
            _lastQuick = result.Timed ? _lastQuick : time.GetTimestamp();
        }
    }

    /// <summary>For example <c>reference:bsd44: 590/610, 880/s, 2 red, 20 waiting for time</c>; empty before the start.</summary>
    public string Line
    {
        get
        {
            lock (_lock)
            {
                if (_start is not { } start)
                {
                    return "";
                }

                double seconds = time.GetElapsedTime(start).TotalSeconds;
                int left = _total - _done;
                bool waiting = left > 0 && _done > 0 && time.GetElapsedTime(_lastQuick) > s_quiet;
                string name = _target.Length <= 30 ? _target : _target[..27] + "...";
                return $"{name}: {_done}/{_total}"
                    + (seconds > 0.05 ? $", {_done / seconds:0}/s" : "")
                    + (_red > 0 ? $", {_red} red" : "")
                    + (waiting ? $", {left} waiting for time" : "");
            }
        }
    }

    /// <summary>Whether anything red was seen.</summary>
    public bool AnyRed
    {
        get
        {
            lock (_lock)
            {
                return _red > 0;
            }
        }
    }
}
