#if HAS_SHARPPCAP
using System.Globalization;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.SharpPcap;

namespace RexecConformance.Tests.Captures;

public sealed partial class SharpPcapTests
{
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
            Assert.True(Differences.Refused.ContainsKey(Path.GetFileName(path)), refusal);
            return;
        }

        using var file = File.OpenRead(path);
        using var reader = CaptureReader.Open(file);
        var ours = All(reader, Ours);
        if (Differences.Fewer.TryGetValue(Path.GetFileName(path), out var count))
        {
            Assert.Equal(count, theirs.Count);
            ours = ours[..count];
        }

        Assert.Equal(theirs.Count, ours.Count);
        for (var i = 0; i < ours.Count; i++)
        {
            Assert.Equal(theirs[i].Packet, ours[i].Packet);
            // null: one of the two does not decode this packet (fragments, link layers, tunnels that PacketDotNet does not know).
            if (ours[i].Segment is { } our && theirs[i].Segment is { } their && our != their && !Differences.Segments.ContainsKey($"{Path.GetFileName(path)} {i + 1}"))
            {
                Assert.Fail($"packet {i + 1}: ours {our}, theirs {their}");
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

    private static class Differences
    {
        public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>();

        public static IReadOnlyDictionary<string, int> Fewer { get; } = new Dictionary<string, int>();

        public static IReadOnlyDictionary<string, string> Segments { get; } = new Dictionary<string, string>();
    }
}
#endif
