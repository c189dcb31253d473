using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Captures;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

/// <summary>A second opinion on every capture at hand: each stream must come out as <c>tshark -z follow,tcp,raw</c> has it.</summary>
public sealed partial class TsharkTests
{
    public static TheoryData<string> Shared => new(CaptureFiles.AllShared.DefaultIfEmpty("exec-sample.pcap"));

    public static TheoryData<string> Committed => new(CaptureFiles.AllCommitted.Order().Select(path => Path.GetFileNameWithoutExtension(path)));

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void SharedCapture(string name)
    {
        if (!TsharkPacketTests.Refused.Contains(Path.GetFileName(name)))
        {
            Compare(CaptureFiles.Shared(name));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Committed))]
    public void CommittedCapture(string slug) => Compare(CaptureFiles.Committed(slug));

    private static void Compare(string path)
    {
        var contents = CaptureContents.Read(path);
        // sFlow reports have packets of other connections in them.
        var count = Tshark.Run("-r", path, "--disable-protocol", "sflow", "-T", "fields", "-e", "tcp.stream").Split('\n', ',').Where(text => text.Length > 0).Distinct().Count();
        Assert.Equal(count, contents.Connections.Count);

        // All streams in one run: starting tshark takes most of the time.
        var follow = contents.Connections.SelectMany(connection => new[] { "-z", $"follow,tcp,raw,{connection.Index}" });
        var answers = count == 0 ? [] : Tshark.Run(["-r", path, "--disable-protocol", "sflow", "-q", .. follow]).Split("Follow: tcp,raw").Skip(1).Select(Follow).ToDictionary(answer => answer.Stream);
        foreach (var connection in contents.Connections)
        {
            var (_, node0, sent0, sent1) = answers[connection.Index];
            var first = connection.Initiator.ToString() == node0 ? connection.FromInitiator : connection.FromResponder;
            var second = first == connection.FromInitiator ? connection.FromResponder : connection.FromInitiator;
            // Follow leaves the name out where a stream has no data.
            Assert.True(node0 == first.From.ToString() || sent0 + sent1 == "", $"{node0} {first.From}");
            Assert.Equal(sent0, Hex(first));
            Assert.Equal(sent1, Hex(second));
        }
    }

    // What tshark shows as sent may have come in a reset.
    private static string Hex(TcpDirection direction) => Convert.ToHexStringLower([.. direction.KnownBytes(), .. direction.ResetData.Span]);

    // Filter: tcp.stream eq N / Node 0: HOST:PORT / Node 1: HOST:PORT / data, with a tab before each line of node 1's / =====
    private static (int Stream, string Node0, string Sent0, string Sent1) Follow(string text)
    {
        var lines = text.Split('\n').SkipWhile(line => !line.StartsWith("Filter", StringComparison.Ordinal)).ToList();
        var data = lines.Skip(3).TakeWhile(line => !line.StartsWith('=')).ToList();
        return (
            int.Parse(lines[0].Split(' ')[^1]),
            lines[1]["Node 0: ".Length..],
            Join(data.Where(line => !line.StartsWith('\t'))),
            Join(data.Where(line => line.StartsWith('\t'))));
    }

    // Lost bytes are printed as if "[N bytes missing in capture file]" had been sent.
    private static string Join(IEnumerable<string> lines)
    {
        var text = Encoding.Latin1.GetString(Convert.FromHexString(string.Concat(lines.Select(line => line.Trim()))));
        return Convert.ToHexStringLower(Encoding.Latin1.GetBytes(Missing().Replace(text, "")));
    }

    [GeneratedRegex(@"\[\d+ bytes missing in capture file\]\0?")]
    private static partial Regex Missing();
}
