using RexecConformance.Captures.Packets;

namespace RexecConformance.Captures.Tcp;

/// <summary>Sorts segments into connections.</summary>
public sealed class TcpStreams
{
    private readonly Dictionary<(HostPort, HostPort), TcpConnection> _current = [];
    private readonly List<TcpConnection> _all = [];

    /// <summary>By first packet.</summary>
    public IReadOnlyList<TcpConnection> Connections => _all;

    /// <summary>Takes the next segment of the file.</summary>
    public void Add(in TcpSegment segment, CaptureMark mark)
    {
        var key = segment.Source.CompareTo(segment.Destination) <= 0
            ? (segment.Source, segment.Destination)
            : (segment.Destination, segment.Source);
        if (!_current.TryGetValue(key, out var connection) || connection.StartsAnew(segment))
        {
            connection = new TcpConnection(_all.Count, segment, mark);
            _current[key] = connection;
            _all.Add(connection);
        }

        connection.Add(segment, mark);
    }
}
