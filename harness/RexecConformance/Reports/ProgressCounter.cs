using System.Globalization;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Reports;

/// <summary>Counts what is done in a run, from several threads, and says it in one short line.</summary>
/// <param name="time">The clock.</param>
public sealed class ProgressCounter(TimeProvider time) : IRunObserver
{
    /// <summary>Once no variant without waiting has ended for this long, the rest is taken to wait for time.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(400);

    private const int LongestName = 30;

    private readonly Lock _lock = new();
    private readonly Dictionary<Variant, (long Since, TimeSpan Longest, string For)> _under = [];
    private long? _start;
    private long _lastQuick;
    private long _opened;
    private int _total;
    private int _done;
    private int _red;
    private string _target = "";
    private string? _opening;

    /// <summary>A target is being started.</summary>
    public void Opening(string target)
    {
        lock (_lock)
        {
            _opening = PlainText.OneLine(target);
            _opened = time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public void Started(ITarget target, int variants)
    {
        lock (_lock)
        {
            _start ??= time.GetTimestamp();
            _lastQuick = time.GetTimestamp();
            _total += variants;
            _target = PlainText.OneLine(target.Name);
            _opening = null;
        }
    }

    /// <inheritdoc/>
    public void Driving(Variant variant, TimeSpan longest, string waitsFor)
    {
        lock (_lock)
        {
            _under[variant] = (time.GetTimestamp(), longest, waitsFor);
        }
    }

    /// <inheritdoc/>
    public void Finished(VariantResult result)
    {
        lock (_lock)
        {
            _ = _under.Remove(result.Variant);
            _done++;
            _red += result.IsRed ? 1 : 0;
            _lastQuick = result.Timed ? _lastQuick : time.GetTimestamp();
        }
    }

    /// <summary>
    /// For example <c>reference:bsd44: 410/610, 880/s, 2 red</c>, and once the rest only waits <c>reference:bsd44: 590/610, 2 red, 20 left, the
    /// longest 12 of 60 s: aux-timeout#whole, for the server's time-out</c>; before the start what is started, and empty if nothing is.
    /// </summary>
    public string Line
    {
        get
        {
            lock (_lock)
            {
                string opening = _opening is null ? "" : $"starting {Short(_opening)}, {time.GetElapsedTime(_opened).TotalSeconds:0} s";
                if (_start is not { } start)
                {
                    return opening;
                }

                double seconds = time.GetElapsedTime(start).TotalSeconds;
                string waiting = Waiting();
                return $"{Short(_target)}: {_done}/{_total}"
                    + (seconds > 0.05 && waiting.Length == 0 ? $", {_done / seconds:0}/s" : "")
                    + (_red > 0 ? $", {_red} red" : "")
                    + waiting
                    + (opening.Length > 0 ? "; " + opening : "");
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

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 3)] + "...";

    private string Waiting()
    {
        int left = _total - _done;
        if (left == 0 || _done == 0 || time.GetElapsedTime(_lastQuick) <= s_quiet)
        {
            return "";
        }

        var longest = _under.Where(pair => pair.Value.Longest > TimeSpan.Zero)
            .Select(pair => (pair.Key, pair.Value, Left: pair.Value.Longest - time.GetElapsedTime(pair.Value.Since)))
            .OrderByDescending(one => one.Left).Select(one => ((Variant, (long Since, TimeSpan Longest, string For))?)(one.Key, one.Value)).FirstOrDefault();
        return longest is not { } found ? $", {left} left"
            : $", {left} left, the longest {time.GetElapsedTime(found.Item2.Since).TotalSeconds:0} of {found.Item2.Longest.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s: {PlainText.OneLine(found.Item1.Name)}, for {found.Item2.For}";
    }
}
