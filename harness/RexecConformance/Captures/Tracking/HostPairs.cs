using RexecConformance.Captures.Packets;

namespace RexecConformance.Captures.Tracking;

/// <summary>Between which hosts there were connections to other ports: where there were none, a capture filter may have left them out.</summary>
internal sealed class HostPairs
{
    // Enough for any network that has rexec; a scan of the whole internet must not fill the memory.
    private const int Most = 10_000;

    private readonly HashSet<(HostAddress, HostAddress)> _pairs = [];

    public void Add(HostAddress one, HostAddress other)
    {
        if (_pairs.Count < Most)
        {
            _ = _pairs.Add(one.CompareTo(other) <= 0 ? (one, other) : (other, one));
        }
    }

    public bool Has(HostAddress one, HostAddress other) => _pairs.Contains(one.CompareTo(other) <= 0 ? (one, other) : (other, one));
}
