using System.Globalization;
using RexecConformance.Captures;

namespace RexecConformance.Tests.Captures;

/// <summary>A second opinion on every capture at hand: the number of packets, their times and their lengths must be tshark's.</summary>
public sealed class TsharkPacketTests
{
    /// <summary>Not captures for tshark either: an unknown version.</summary>
    public static IReadOnlySet<string> Refused { get; } = new HashSet<string>
    {
        "libpcap__tests~pcap-invalid-version-1.pcap",
        "libpcap__tests~pcapng-invalid-vers-2.pcapng",
    };

    public static TheoryData<string> Shared => TsharkTests.Shared;

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void SamePackets(string name)
    {
        var path = CaptureFiles.Shared(name);
        string[] theirs = [.. Tshark.Run("-r", path, "-T", "fields", "-e", "frame.number", "-e", "frame.time_epoch", "-e", "frame.cap_len", "-e", "frame.len")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        if (Refused.Contains(Path.GetFileName(name)))
        {
            Assert.Empty(theirs);
            Assert.Throws<CaptureFormatException>(() => Packets(path));
            return;
        }

        Assert.Equal(theirs, Packets(path));
    }

    private static List<string> Packets(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = CaptureReader.Open(file);
        var packets = new List<string>();
        while (reader.TryRead(out var packet))
        {
            var time = string.Create(CultureInfo.InvariantCulture, $"{packet.Nanoseconds / 1_000_000_000}.{packet.Nanoseconds % 1_000_000_000:d9}");
            packets.Add($"{packet.Number}\t{(packet.Nanoseconds == 0 ? "" : time)}\t{packet.Data.Length}\t{packet.Data.Length + packet.MissingBytes}");
        }

        return packets;
    }
}
