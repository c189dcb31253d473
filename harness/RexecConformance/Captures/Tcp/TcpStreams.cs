using System.Runtime.InteropServices;
using RexecConformance.Captures.Packets;

namespace RexecConformance.Captures.Tcp;

/// <summary>Sorts segments into connections.</summary>
internal sealed class TcpStreams(KeepLimits limits)
{
    private readonly Dictionary<FlowKey, TcpConnection> _current = [];
    private readonly List<TcpConnection> _all = [];
    private readonly KeepBudget _budget = new(limits);
    private FlowKey _lastKey;
    private TcpConnection? _last;

    /// <summary>The memory that all streams use.</summary>
    public KeepBudget Budget => _budget;

    /// <summary>By first packet. Only filled where all connections are kept.</summary>
    public IReadOnlyList<TcpConnection> Connections => _all;

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>How many are remembered.</summary>
    public int Remembered => _current.Count;

    /// <summary>Takes the next segment of the file.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="mark">When it was captured.</param>
    /// <param name="isNew">True for the first segment of a connection.</param>
    /// <param name="replaced">A connection whose ports are used again from now on, so that nothing more comes of it; or null.</param>
    public TcpConnection Add(in TcpSegment segment, CaptureMark mark, out bool isNew, out TcpConnection? replaced)
    {
        (isNew, replaced) = (false, null);
        var key = new FlowKey(segment.Source, segment.Destination);
        var connection = _last;
        // Segments come in trains.
        if (connection is null || !key.Equals(_lastKey))
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_current, key, out _);
            connection = slot ??= New(key, segment, mark, out isNew);
            (_lastKey, _last) = (key, connection);
        }

        if (!isNew && connection.StartsAnew(segment))
        {
            replaced = connection;
            replaced.IsReplaced = true;
            _last = connection = _current[key] = New(key, segment, mark, out isNew);
        }

        connection.Add(segment, mark);
        return connection;
    }

    /// <summary>Forgets the connections that were idle longest, until a quarter of the allowed number is free.</summary>
    /// <param name="order">What is to go first has the lowest number; connections of the same number go by their last segment.</param>
    /// <returns>What was forgotten.</returns>
    public IReadOnlyList<TcpConnection> Trim(Func<TcpConnection, int> order)
    {
        var going = _current.Values.OrderBy(order).ThenBy(connection => connection.LastFrame)
            .Take(_current.Count - (limits.Connections / 4 * 3)).ToList();
        foreach (var connection in going)
        {
            _ = _current.Remove(connection.Key);
        }

        _last = null;
        return going;
    }

    /// <summary>Lets go of a connection that was told. What still comes of it is swallowed, until its ends are used again.</summary>
    public void Bury(TcpConnection connection)
    {
        if (_current.GetValueOrDefault(connection.Key) == connection)
        {
            _current[connection.Key] = connection.Tombstone();
            _last = null;
        }

        connection.Forget();
    }

    private TcpConnection New(in FlowKey key, in TcpSegment segment, CaptureMark mark, out bool isNew)
    {
        isNew = true;
        var connection = new TcpConnection(Count++, key, segment, mark, _budget);
        if (limits.KeepsAllConnections)
        {
            _all.Add(connection);
        }

        return connection;
    }
}
