using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Writing;

namespace RexecConformance.Captures.Live;

/// <summary>A source whose IP packets are also written to a pcapng file, each at once, without their link layer.</summary>
/// <param name="source">Where packets come from; disposed with this.</param>
/// <param name="writer">Has begun its file.</param>
internal sealed class CopyingSource(IPacketSource source, PcapngWriter writer) : ILossySource
{
    /// <inheritdoc/>
    public string Format => source.Format;

    /// <inheritdoc/>
    public CaptureFault? Fault => source.Fault;

    /// <inheritdoc/>
    public long Dropped => source is ILossySource lossy ? lossy.Dropped : 0;

    /// <inheritdoc/>
    public bool TryRead(out CapturedPacket packet)
    {
        if (!source.TryRead(out packet))
        {
            return false;
        }

        var link = LinkLayers.Decode(packet.LinkType, packet.Data);
        if (link.Outcome == PacketOutcome.Tcp && packet.MissingBytes == 0)
        {
            writer.Write(new SyntheticPacket(packet.Nanoseconds, packet.Data[link.Offset..].ToArray(), Bare: false, []));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
