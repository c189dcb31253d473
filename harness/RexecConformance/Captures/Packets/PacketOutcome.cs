namespace RexecConformance.Captures.Packets;

/// <summary>What became of one packet. All but <see cref="Tcp"/> are counted and reported: nothing is dropped in silence.</summary>
public enum PacketOutcome
{
    /// <summary>A TCP segment.</summary>
    Tcp,

    /// <summary>ARP, spanning tree, and whatever else is not IP.</summary>
    NotIp,

    /// <summary>IP, but UDP, ICMP or another protocol.</summary>
    NotTcp,

    /// <summary>Wrapped in something that may hold TCP and is not read: PPTP, IPsec, compressed headers, Ethernet over MPLS.</summary>
    Wrapped,

    /// <summary>A fragment of a larger IP packet that is not whole with it. The one that makes it whole counts as what the whole is.</summary>
    Fragment,

    /// <summary>The file holds too little of the packet to read its headers (a snap length).</summary>
    HeaderCut,

    /// <summary>A header contradicts itself.</summary>
    Malformed,

    /// <summary>A link layer that is not read.</summary>
    UnknownLinkType,
}
