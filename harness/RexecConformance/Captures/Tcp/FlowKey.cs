using RexecConformance.Captures.Packets;

namespace RexecConformance.Captures.Tcp;

/// <summary>The two ends of a connection, the same whichever of them sends.</summary>
internal readonly struct FlowKey : IEquatable<FlowKey>
{
    private readonly UInt128 _low;
    private readonly UInt128 _high;
    private readonly ulong _ports;

    public FlowKey(in HostPort one, in HostPort other)
    {
        var inOrder = one.Host.Bits != other.Host.Bits ? one.Host.Bits < other.Host.Bits : one.Port <= other.Port;
        ref readonly var first = ref inOrder ? ref one : ref other;
        ref readonly var second = ref inOrder ? ref other : ref one;
        (_low, _high) = (first.Host.Bits, second.Host.Bits);
        _ports = ((ulong)(uint)first.Port << 32) | ((ulong)(uint)second.Port << 1) | (one.Host.IsV6 ? 1UL : 0);
    }

    public bool Equals(FlowKey other) => _ports == other._ports && _low == other._low && _high == other._high;

    public override bool Equals(object? obj) => obj is FlowKey other && Equals(other);

    public override int GetHashCode()
    {
        // Multiplied and folded: addresses of one network differ in few bits.
        var mixed = ((ulong)_low * 0x9e3779b97f4a7c15) ^ ((ulong)_high * 0xc2b2ae3d27d4eb4f) ^ (_ports * 0x165667b19e3779f9)
            ^ ((ulong)(_low >> 64) * 0xff51afd7ed558ccd) ^ ((ulong)(_high >> 64) * 0xc4ceb9fe1a85ec53);
        return (int)(mixed ^ (mixed >> 32));
    }
}
