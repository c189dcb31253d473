namespace RexecConformance.Captures.Packets;

/// <summary>What a link layer header says about what follows it.</summary>
/// <param name="Outcome"><see cref="PacketOutcome.Tcp"/> stands for "an IP packet follows; read on".</param>
/// <param name="Offset">Bytes of the link layer header (with VLAN tags).</param>
internal readonly record struct LinkPayload(PacketOutcome Outcome, int Offset)
{
    public static LinkPayload Ip(int offset) => new(PacketOutcome.Tcp, offset);

    public static LinkPayload NotIp => new(PacketOutcome.NotIp, 0);

    /// <summary>An EtherType that is neither IP nor a VLAN tag.</summary>
    public static LinkPayload Other(int etherType) => etherType switch
    {
        // MPLS (unicast, multicast), PPPoE session
        0x8847 or 0x8848 or 0x8864 => new(PacketOutcome.Wrapped, 0),
        _ => NotIp,
    };

    public static LinkPayload Cut => new(PacketOutcome.HeaderCut, 0);
}
