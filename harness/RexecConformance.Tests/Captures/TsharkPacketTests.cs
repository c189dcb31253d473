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

    /// <summary>Where tshark reads none, as it knows no such link type, and the suite counts them: name and number of packets.</summary>
    public static IReadOnlyDictionary<string, int> MoreThanTshark { get; } = new Dictionary<string, int> { ["libpcap__tests~filter~brcm-tag-stp.pcap"] = 4 };

    /// <summary>Its microseconds are more than a second has, and tshark takes them times 1000 in 32 bits.</summary>
    private const string OtherTime = "PcapPlusPlus__fuzz~clusterfuzz-testcase-FuzzTarget-5188876846235648";

    public static TheoryData<string> Shared => TsharkTests.Shared;

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void SamePackets(string name)
    {
        var path = CaptureFiles.Shared(name);
        (int Number, long Nanoseconds, int Captured, int Wire)[] theirs = [.. Tshark.Run("-r", path, "-T", "fields", "-e", "frame.number", "-e", "frame.time_epoch", "-e", "frame.cap_len", "-e", "frame.len")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        if (Refused.Contains(Path.GetFileName(name)))
        {
            Assert.Empty(theirs);
            Assert.Throws<CaptureFormatException>(() => Packets(path));
            return;
        }

        if (MoreThanTshark.TryGetValue(Path.GetFileName(name), out var more))
        {
            Assert.Empty(theirs);
            Assert.Equal(more, Packets(path).Count);
            return;
        }

        var hasTime = Path.GetFileName(name) != OtherTime;
        Assert.Equal(
            theirs.Select(packet => packet with { Nanoseconds = hasTime ? packet.Nanoseconds : 0 }),
            Packets(path).Select(packet => packet with { Nanoseconds = hasTime ? packet.Nanoseconds : 0 }));
    }

    private static List<(int Number, long Nanoseconds, int Captured, int Wire)> Packets(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = CaptureReader.Open(file);
        var packets = new List<(int, long, int, int)>();
        while (reader.TryRead(out var packet))
        {
            packets.Add((packet.Number, packet.Nanoseconds, packet.Data.Length, packet.Data.Length + packet.MissingBytes));
        }

        return packets;
    }

    // The time is empty for a simple packet block, and its second part is not below a second where a file has such a value.
    private static (int Number, long Nanoseconds, int Captured, int Wire) Parse(string line)
    {
        var fields = line.Split('\t');
        var time = fields[1].Split('.');
        var nanoseconds = time.Length < 2 ? 0 : (long.Parse(time[0], CultureInfo.InvariantCulture) * 1_000_000_000) + long.Parse(time[1], CultureInfo.InvariantCulture);
        return (int.Parse(fields[0], CultureInfo.InvariantCulture), nanoseconds, int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
    }
}
