namespace RexecConformance.Tests.Captures;

/// <summary>Where libpcap and PacketDotNet are known to make something else of a capture, and why.</summary>
internal static class SharpPcapDifferences
{
    private const string Interfaces = "libpcap stops where an interface has another link type or snap length than the first";

    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["libpcap__tests~pcap-invalid-version-1.pcap"] = "refused here too",
        ["libpcap__tests~pcapng-invalid-vers-2.pcapng"] = "refused here too",
    };

    public static IReadOnlyDictionary<string, (int Packets, string Why)> Fewer { get; } = new Dictionary<string, (int, string)>
    {
        ["d43-pcapng-two-ifaces-eth-raw.pcapng"] = (0, Interfaces),
        ["pcapng-test-generator__output_be~advanced~test100.pcapng"] = (1, Interfaces),
        ["pcapng-test-generator__output_le~advanced~test100.pcapng"] = (1, Interfaces),
        ["pcapng-test-generator__output_be~basic~test004.pcapng"] = (0, Interfaces),
        ["pcapng-test-generator__output_le~basic~test004.pcapng"] = (0, Interfaces),
    };

    /// <summary>Files of which one of the two leaves packets out; those that both decode must agree.</summary>
    public static IReadOnlyDictionary<string, string> Undecoded { get; } = new Dictionary<string, string>
    {
        ["124-veth-snaplen68.pcap"] = "PacketDotNet throws where a snap length cut a header's options",
        ["zeek__ipv4~fragmented-3.pcap"] = "PacketDotNet takes a first fragment for the whole",
        ["zeek__llc.pcap"] = "PacketDotNet does not know FDDI",
        ["zeek__mixed-vlan-mpls.pcap"] = "PacketDotNet does not know MPLS",
        ["zeek__mpls-in-vlan.pcap"] = "PacketDotNet does not know MPLS",
        ["zeek__nflog-http.pcap"] = "PacketDotNet does not know NFLOG",
        ["zeek__tcp~reassembly.pcap"] = "PacketDotNet does not decode a packet whose IP length is beyond its frame",
    };

    /// <summary>File and number of the packet.</summary>
    public static IReadOnlyDictionary<string, string> Packets { get; } = new Dictionary<string, string>
    {
        ["tcpdump__tests~bigtcp-ipv4.pcap 1"] = "IP length 0: PacketDotNet takes 0 for the length",
        ["PcapPlusPlus__fuzz~clusterfuzz-testcase-FuzzTarget-5188876846235648 1"] = "its fraction is more than a second has",
    };
}
