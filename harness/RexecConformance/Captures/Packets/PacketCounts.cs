using RexecConformance.Captures.Packets.Fragments;

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

    /// <summary>Fragments that became part of a whole IP packet.</summary>
    public int FragmentsUsed => Fragments.Used;

    /// <summary>IP packets of which not all fragments have come (so far, or within 30 s).</summary>
    public int IncompleteDatagrams => Fragments.Waiting + Fragments.Expired;

    /// <summary>IP packets whose fragments had to make room for newer ones.</summary>
    public int DroppedDatagrams => Fragments.Dropped;

    internal FragmentCounts Fragments { get; } = new();

    /// <summary>How many had this outcome.</summary>
    public int this[PacketOutcome outcome] => _counts[(int)outcome];

    /// <summary>One line for each kind of packet that could not be used; empty when all could.</summary>
    /// <remarks>Packets of other protocols are no fault of a capture and are not among them.</remarks>
    public IEnumerable<string> Warnings()
    {
        if (IncompleteDatagrams is var incomplete and > 0)
        {
            yield return $"{incomplete} IP datagrams are incomplete: not all of their fragments are in the file";
        }

        if (DroppedDatagrams is var dropped and > 0)
        {
            yield return $"{dropped} IP datagrams in fragments are not read: more than {FragmentTable.MostDatagrams} at a time, or of {FragmentTable.MostBytes} bytes";
        }

        if (this[PacketOutcome.Wrapped] is var wrapped and > 0)
        {
            yield return $"{wrapped} packets are wrapped in another protocol (a tunnel, compressed headers, IPsec) and are not read";
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
