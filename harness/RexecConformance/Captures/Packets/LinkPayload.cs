namespace RexecConformance.Captures.Packets;

/// <summary>What a link layer header says about what follows it.</summary>
/// <param name="Outcome"><see cref="PacketOutcome.Tcp"/> stands for "an IP packet follows; read on".</param>
/// <param name="Offset">Bytes of the link layer header (with VLAN tags).</param>
internal readonly record struct LinkPayload(PacketOutcome Outcome, int Offset)
{
    public static LinkPayload Ip(int offset) => new(PacketOutcome.Tcp, offset);

    public static LinkPayload NotIp => new(PacketOutcome.NotIp, 0);

    public static LinkPayload Wrapped => new(PacketOutcome.Wrapped, 0);

    public static LinkPayload Cut => new(PacketOutcome.HeaderCut, 0);

    public static LinkPayload Unknown => new(PacketOutcome.UnknownLinkType, 0);
}
