namespace RexecConformance.Captures.Packets.Fragments;

/// <summary>Puts fragmented IP packets together, in bounded memory and whatever order they come in.</summary>
internal sealed class FragmentTable(FragmentCounts counts)
{
    /// <summary>A packet that is not whole after this time by the capture's clock never will be: RFC 791 has 15 s, RFC 8200 60 s, Linux 30 s.</summary>
    public const long LongestWait = 30_000_000_000;

    /// <summary>Packets in the making at one time; the oldest makes room.</summary>
    public const int MostDatagrams = 1024;

    /// <summary>Bytes of memory for all of them, roughly; the oldest make room. As much as Linux takes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const int LargestDatagram = 65_535;

    private readonly Dictionary<FragmentKey, LinkedListNode<PartialDatagram>> _byKey = [];
    private readonly LinkedList<PartialDatagram> _byAge = [];
    private readonly byte[] _whole = new byte[LargestDatagram];
    private int _cost;

    /// <summary>Takes a fragment. When it was the last one missing, the whole packet takes its place.</summary>
    /// <param name="packet">A fragment; the whole when <see cref="PacketOutcome.Tcp"/> is returned, valid until the next call.</param>
    /// <param name="time">Time of capture: nanoseconds since 1970.</param>
    public PacketOutcome Add(ref IpPacket packet, long time)
    {
        // One without bytes completes nothing, and one beyond the largest packet is an old attack.
        if (packet.WireLength <= 0 || packet.FragmentOffset + packet.WireLength > LargestDatagram)
        {
            return PacketOutcome.Malformed;
        }

        Expire(time);
        var key = FragmentKey.Of(packet);
        if (!_byKey.TryGetValue(key, out var node))
        {
            node = _byAge.AddLast(new PartialDatagram(key, time));
            _byKey.Add(key, node);
            counts.Waiting++;
        }

        var datagram = node.Value;
        _cost -= datagram.Cost;
        var added = datagram.TryAdd(packet);
        _cost += datagram.Cost;
        if (!added)
        {
            Drop(node);
            return PacketOutcome.Fragment;
        }

        if (!datagram.IsComplete())
        {
            MakeRoom();
            return PacketOutcome.Fragment;
        }

        Forget(node);
        counts.Used += datagram.Count;
        packet = new IpPacket
        {
            Source = key.Source,
            Destination = key.Destination,
            Protocol = datagram.Protocol,
            Payload = _whole.AsSpan(0, datagram.CopyTo(_whole)),
            WireLength = datagram.Total,
        };
        return PacketOutcome.Tcp;
    }

    private void Expire(long time)
    {
        while (_byAge.First is { } oldest && time - oldest.Value.FirstSeen > LongestWait)
        {
            Forget(oldest);
            counts.Expired++;
        }
    }

    private void MakeRoom()
    {
        while (_byAge.Count > MostDatagrams || _cost > MostBytes)
        {
            Drop(_byAge.First!);
        }
    }

    private void Drop(LinkedListNode<PartialDatagram> node)
    {
        Forget(node);
        counts.Dropped++;
    }

    private void Forget(LinkedListNode<PartialDatagram> node)
    {
        _byAge.Remove(node);
        _byKey.Remove(node.Value.Key);
        _cost -= node.Value.Cost;
        counts.Waiting--;
    }
}
