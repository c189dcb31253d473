using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

/// <summary>A second opinion on every capture at hand: each stream must come out as <c>tshark -z follow,tcp,raw</c> has it.</summary>
public sealed partial class TsharkTests
{
    public static TheoryData<string> Shared => Pcaps("rexec").Concat(Pcaps("derived")).DefaultIfEmpty("rexec").Aggregate(new TheoryData<string>(), Add);

    public static TheoryData<string> Committed => CaptureFiles.AllCommitted.Order().Select(Path.GetFileNameWithoutExtension).Aggregate(new TheoryData<string>(), (all, name) => Add(all, name!));

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void SharedCapture(string name) => Compare(CaptureFiles.Shared(name));

    [SkippableTheory]
    [MemberData(nameof(Committed))]
    public void CommittedCapture(string slug) => Compare(CaptureFiles.Committed(slug));

    private static void Compare(string path)
    {
        var contents = CaptureContents.Read(path);
        if (contents.Counts[PacketOutcome.Fragment] > 0)
        {
            // Not read so far; what can be asked is that the reader says so and does not pass a part off as the whole.
            Assert.Contains(contents.Warnings, warning => warning.Contains("IP fragments", StringComparison.Ordinal));
            return;
        }

        Assert.NotEmpty(contents.Connections);
        // All streams in one run: starting tshark takes most of the time.
        var follow = string.Concat(contents.Connections.Select(connection => $" -z follow,tcp,raw,{connection.Index}"));
        var answers = Run($"-r \"{path}\" -q{follow}").Split("Follow: tcp,raw").Skip(1).Select(Follow).ToDictionary(answer => answer.Stream);
        foreach (var connection in contents.Connections)
        {
            var (_, node0, sent0, sent1) = answers[connection.Index];
            var first = connection.Initiator.ToString() == node0 ? connection.FromInitiator : connection.FromResponder;
            var second = first == connection.FromInitiator ? connection.FromResponder : connection.FromInitiator;
            Assert.Equal(node0, first.From.ToString());
            Assert.Equal(sent0, Convert.ToHexStringLower(first.KnownBytes()));
            Assert.Equal(sent1, Convert.ToHexStringLower(second.KnownBytes()));
        }
    }

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

    private static string Run(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "needs tshark");
            throw;
        }
    }

    private static IEnumerable<string> Pcaps(string folder)
    {
        var path = Path.Combine(CaptureFiles.SharedFolder, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.pcap").Order().Select(file => Path.Combine(folder, Path.GetFileName(file))) : [];
    }

    private static TheoryData<string> Add(TheoryData<string> all, string name)
    {
        all.Add(name);
        return all;
    }

    [GeneratedRegex(@"\[\d+ bytes missing in capture file\]\0?")]
    private static partial Regex Missing();
}
