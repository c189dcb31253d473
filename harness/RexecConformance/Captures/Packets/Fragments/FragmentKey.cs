namespace RexecConformance.Captures.Packets.Fragments;

/// <summary>What the fragments of one IP packet have in common (RFC 791, section 3.2; RFC 8200, section 4.5).</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Destination">Who was to get it.</param>
/// <param name="Identification">The sender's number for it: 16 bits in IPv4, 32 in IPv6.</param>
/// <param name="Protocol">IPv4's protocol; 0 for IPv6, where it does not count.</param>
internal readonly record struct FragmentKey(HostAddress Source, HostAddress Destination, uint Identification, byte Protocol)
{
    public static FragmentKey Of(scoped in IpPacket fragment) =>
        new(fragment.Source, fragment.Destination, fragment.Identification, fragment.Source.IsV6 ? (byte)0 : fragment.Protocol);
}
