namespace RexecConformance.Captures.Packets;

/// <summary>How many packets of a capture became what.</summary>
public sealed class PacketCounts
{
    private readonly int[] _counts = new int[Enum.GetValues<PacketOutcome>().Length];
    private readonly SortedSet<int> _unknownLinkTypes = [];

    /// <summary>All packets that were read.</summary>
    public int Total => _counts.Sum();

    /// <summary>Packets whose end is not in the file (a snap length); they are counted by their outcome as well.</summary>
    public int Cut { get; private set; }

    /// <summary>How many had this outcome.</summary>
    public int this[PacketOutcome outcome] => _counts[(int)outcome];

    /// <summary>One line for each kind of packet that could not be used; empty when all could.</summary>
    /// <remarks>Packets of other protocols are no fault of a capture and are not among them.</remarks>
    public IEnumerable<string> Warnings()
    {
        if (this[PacketOutcome.Fragment] is var fragments and > 0)
        {
            yield return $"{fragments} IP fragments are not put together yet: their bytes are missing";
        }

        if (this[PacketOutcome.Wrapped] is var wrapped and > 0)
        {
            yield return $"{wrapped} packets are wrapped in another protocol (MPLS, PPPoE, a tunnel) and are not read";
        }

        if (this[PacketOutcome.UnknownLinkType] is var unknown and > 0)
        {
            yield return $"{unknown} packets are not read: {string.Join(", ", _unknownLinkTypes.Select(LinkLayers.Name))} is not known";
        }

        if (this[PacketOutcome.HeaderCut] is var headers and > 0)
        {
            yield return $"{headers} packets are cut inside their headers (snap length too small) and are not read";
        }

        if (this[PacketOutcome.Malformed] is var malformed and > 0)
        {
            yield return $"{malformed} packets have headers that contradict themselves and are not read";
        }

        if (Cut > 0)
        {
            yield return $"{Cut} packets are not in the file to their end (snap length too small)";
        }
    }

    internal void Add(in CapturedPacket packet, PacketOutcome outcome)
    {
        _counts[(int)outcome]++;
        Cut += packet.MissingBytes > 0 ? 1 : 0;
        if (outcome == PacketOutcome.UnknownLinkType)
        {
            _unknownLinkTypes.Add(packet.LinkType);
        }
    }
}
