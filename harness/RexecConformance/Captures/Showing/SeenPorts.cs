using RexecConformance.Captures.Packets;

namespace RexecConformance.Captures.Showing;

/// <summary>
/// Which ports a capture's packets have in common, for each pair of hosts: where all have the server's, a capture filter let
/// nothing else through, and an aux connection that is not in the file proves nothing about the server.
/// </summary>
internal sealed class SeenPorts
{
    // More pairs of hosts than this are not kept apart: a bound for memory, far above any capture of rexec.
    private const int MostPairs = 65_536;

    private readonly Dictionary<(HostAddress, HostAddress), (int First, int Second)> _common = [];

    /// <summary>Takes the next segment of the capture.</summary>
    public void Add(in TcpSegment segment)
    {
        var key = Key(segment.Source.Host, segment.Destination.Host);
        var (one, other) = (segment.Source.Port, segment.Destination.Port);
        if (_common.TryGetValue(key, out var common))
        {
            var left = (Keep(common.First), Keep(common.Second));
            if (left != common)
            {
                _common[key] = left;
            }
        }
        else if (_common.Count < MostPairs)
        {
            _common[key] = (one, other);
        }

        int Keep(int port) => port == one || port == other ? port : -1;
    }

    /// <summary>True when every packet between two hosts has this port so far, false when one has not, null when it is not known.</summary>
    public bool? OnlyPort(HostAddress one, HostAddress other, int port) =>
        _common.TryGetValue(Key(one, other), out var common) ? common.First == port || common.Second == port : null;

    private static (HostAddress, HostAddress) Key(HostAddress one, HostAddress other) => one.CompareTo(other) <= 0 ? (one, other) : (other, one);
}
