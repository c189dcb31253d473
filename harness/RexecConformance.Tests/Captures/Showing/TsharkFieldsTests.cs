using System.Text.Json;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Showing;
using Xunit.Abstractions;

namespace RexecConformance.Tests.Captures.Showing;

/// <summary>
/// Where tshark's four exec fields are wrong and ours are right. What tshark says is compared with what 4.0 says; a later one may do
/// better, which is then told and is no fault of ours.
/// </summary>
public sealed class TsharkFieldsTests(ITestOutputHelper output)
{
    private const string RecordedVersion = " 4.0.";

    private static readonly string[] s_fields = ["exec.stderr_port", "exec.username", "exec.password", "exec.command"];

    // Fields as "port|user|password|command", nothing for one that is not there.
    public static TheoryData<string, string, string> Cases => new()
    {
        // A port of five digits is not recognized, and with it nothing else.
        { "five-digit port", "|||", "47803|rxalice|wonder-1865|echo out; echo err >&2; exit 3" },
        { "name over 16", "|||", "|rxalice1234567890|wonder-1865|echo hello" },
        { "split fields", "|||", "39639|rxalice|wonder-1865|echo out; echo err >&2" },
        // The limits alone, with a port that it knows.
        { "name of 15", "4780|abcdefghijklmno|wonder-1865|echo hello", "4780|abcdefghijklmno|wonder-1865|echo hello" },
        { "name of 16", "4780|||", "4780|abcdefghijklmnop|wonder-1865|echo hello" },
        { "name in two segments", "4780|||", "4780|rxalice|wonder-1865|echo hello" },
        { "nothing lost", "4780|rxalice|wonder-1865|echo hello", "4780|rxalice|wonder-1865|echo hello" },
        { "port lost", "|||", "|||" },
        { "user name lost", "4780|wonder-1865|echo hello|", "4780|||" },
        { "password lost", "4780|rxalice|echo hello|", "4780|rxalice||" },
        { "command lost", "4780|rxalice|wonder-1865|", "4780|rxalice|wonder-1865|" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void OursAreRight(string name, string wireshark, string right)
    {
        _ = wireshark;
        var record = Assert.Single(Shown.Conversations(Capture(name), new ShowOptions { Passwords = true }));
        Assert.Equal(right, string.Join('|', s_fields.Select(field => record.TryGetProperty(field, out var value) ? value.GetString() : "")));
    }

    [Theory]
    [InlineData("port lost", "lost lost lost lost")]
    [InlineData("user name lost", "complete lost lost lost")]
    [InlineData("password lost", "complete complete lost lost")]
    [InlineData("command lost", "complete complete complete lost")]
    [InlineData("nothing lost", "complete complete complete complete")]
    public void StateSaysWhatIsLost(string name, string states)
    {
        var capture = Capture(name);
        var fields = Assert.Single(Shown.Conversations(capture)).GetProperty("fields");
        Assert.Equal(states, string.Join(' ', fields.EnumerateObject().Select(field => field.Value.GetProperty("state").GetString())));
        // Nothing slides: what is lost has no text of a later field, and the password that is left is hidden.
        Assert.All(fields.EnumerateObject().Where(field => State(field) == "lost"), field => Assert.Equal("", field.Value.GetProperty("text").GetString()));
        Assert.DoesNotContain("wonder", Shown.Json(capture));
        Assert.DoesNotContain("776f6e646572", Shown.Json(capture));

        static string? State(JsonProperty field) => field.Value.GetProperty("state").GetString();
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void TsharkSaysWhatItSaid(string name, string wireshark, string right)
    {
        var version = Tshark.Run("--version").Split('\n')[0];
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Capture(name));
            var rows = Tshark.Run(["-r", path, "-Y", "exec", "-T", "fields", "-E", "separator=|", .. s_fields.SelectMany(field => new[] { "-e", field })])
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|')).ToList();
            var seen = string.Join('|', Enumerable.Range(0, s_fields.Length).Select(i => string.Concat(rows.Select(row => row[i]))));
            output.WriteLine($"{version}: {name}: tshark {seen}, ours {right}{(seen == right ? ": both right" : "")}");
            if (version.Contains(RecordedVersion, StringComparison.Ordinal))
            {
                Assert.Equal(wireshark, seen);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Capture(string name) => name switch
    {
        "five-digit port" => File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err")),
        "name over 16" => File.ReadAllBytes(CaptureFiles.Committed("glibc-user-too-long")),
        "split fields" => File.ReadAllBytes(CaptureFiles.Committed("commonsnet-aux-out-err")),
        "name of 15" => Of(["4780\0", "abcdefghijklmno\0", "wonder-1865\0", "echo hello\0"]),
        "name of 16" => Of(["4780\0", "abcdefghijklmnop\0", "wonder-1865\0", "echo hello\0"]),
        "name in two segments" => Of(["4780\0", "rxal", "ice\0", "wonder-1865\0", "echo hello\0"]),
        "port lost" => Without(0),
        "user name lost" => Without(1),
        "password lost" => Without(2),
        "command lost" => Without(3),
        _ => Without(-1),
    };

    // One segment for each field, as the GNU client sends them; the server's answer acknowledges all.
    private static byte[] Without(int lost) => Of(["4780\0", "rxalice\0", "wonder-1865\0", "echo hello\0"], lost);

    private static byte[] Of(string[] segments, int lost = -1)
    {
        var builder = new PcapBuilder().Handshake();
        var sequence = 1u;
        for (var i = 0; i < segments.Length; i++)
        {
            builder = i == lost ? builder : builder.FromClient(sequence, 1, segments[i]);
            sequence += (uint)segments[i].Length;
        }

        return builder.FromServer(1, sequence, "\0").FromServer(2, sequence, "", TcpFlags.Ack | TcpFlags.Fin).ToArray();
    }
}
