using System.Globalization;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.SharpPcap;

namespace RexecConformance.Tests.Captures;

/// <summary>A second opinion on every capture at hand: libpcap must give the same packets, and PacketDotNet the same segments.</summary>
public sealed class SharpPcapTests
{
    public static TheoryData<string> Shared => TsharkTests.Shared;

    public static TheoryData<string> Committed => TsharkTests.Committed;

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void SharedCapturesAgree(string name) => Compare(CaptureFiles.Shared(name));

    [SkippableTheory]
    [MemberData(nameof(Committed))]
    public void CommittedCapturesAgree(string slug) => Compare(CaptureFiles.Committed(slug));

    private static void Compare(string path)
    {
        var (theirs, refusal) = Theirs(path);
        if (refusal is not null)
        {
            // What libpcap does not read at all: not a capture for us either, or of a kind that only we read.
            Assert.True(SharpPcapDifferences.Refused.ContainsKey(Path.GetFileName(path)), refusal);
            return;
        }

        using var file = File.OpenRead(path);
        using var reader = CaptureReader.Open(file);
        var ours = All(reader, Ours);
        if (SharpPcapDifferences.Fewer.TryGetValue(Path.GetFileName(path), out var fewer))
        {
            Assert.Equal(fewer.Packets, theirs.Count);
            ours = ours[..fewer.Packets];
        }

        Assert.Equal(theirs.Count, ours.Count);
        for (var i = 0; i < ours.Count; i++)
        {
            if (SharpPcapDifferences.Packets.ContainsKey($"{Path.GetFileName(path)} {i + 1}"))
            {
                continue;
            }

            Assert.Equal(theirs[i].Packet, ours[i].Packet);
            var oneOnly = theirs[i].Segment is null || ours[i].Segment is null;
            if (!oneOnly || !SharpPcapDifferences.Undecoded.ContainsKey(Path.GetFileName(path)))
            {
                Assert.Equal(theirs[i].Segment, ours[i].Segment);
            }
        }
    }

    private static (List<(string Packet, PacketDotNetSegment? Segment)> Packets, string? Refusal) Theirs(string path)
    {
        try
        {
            using var source = SharpPcapCaptures.OpenFile(path);
            return (All(source, Decoded), null);
        }
        catch (IOException e)
        {
            Skip.If(e.Message.Contains("needs libpcap", StringComparison.Ordinal), e.Message);
            return ([], e.Message);
        }
    }

    private delegate PacketDotNetSegment? Decode(in CapturedPacket packet);

    private static List<(string Packet, PacketDotNetSegment? Segment)> All(IPacketSource source, Decode decode)
    {
        var all = new List<(string, PacketDotNetSegment?)>();
        while (source.TryRead(out var packet))
        {
            all.Add((string.Create(CultureInfo.InvariantCulture, $"{packet.Number} {packet.Nanoseconds} {packet.MissingBytes} {Convert.ToHexStringLower(packet.Data)}"), decode(packet)));
        }

        return all;
    }

    private static PacketDotNetSegment? Ours(in CapturedPacket packet)
    {
        var decoder = new PacketDecoder();
        return decoder.Decode(packet, out var segment) == PacketOutcome.Tcp
            ? new PacketDotNetSegment(segment.Source.ToString(), segment.Destination.ToString(), segment.Sequence, segment.Acknowledgment, (int)segment.Flags, Convert.ToHexStringLower(segment.Data))
            : null;
    }

    private static PacketDotNetSegment? Decoded(in CapturedPacket packet)
    {
        if (!PacketDotNetSegment.KnowsLinkType(packet.LinkType))
        {
            return null;
        }

        try
        {
            return PacketDotNetSegment.Decode(packet);
        }
        catch (Exception)
        {
            // It has no exception of its own for damaged packets.
            return null;
        }
    }
}
