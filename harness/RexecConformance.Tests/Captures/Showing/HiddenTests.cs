using System.Text;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Showing;

namespace RexecConformance.Tests.Captures.Showing;

/// <summary>A password is not in anything that is printed, wherever the capture has it.</summary>
public sealed class HiddenTests
{
    private const string Secret = "wonder-1865";

    public static TheoryData<string, byte[]> Captures => new()
    {
        { "whole", Client("\0user\0" + Secret + "\0cmd\0") },
        { "cut in the middle", Client("\0user\0wonder", "-1865\0cmd\0") },
        { "byte by byte", Client([.. ("\0user\0" + Secret + "\0cmd\0").Select(c => $"{c}")]) },
        { "unfinished", Client("\0user\0" + Secret) },
        { "user name lost", Lost("\0us", 3, Secret + "\0cmd\0") },
        { "port lost", Lost("", 4, "user\0" + Secret + "\0cmd\0") },
        { "middle of the password lost", Lost("\0user\0won", 2, "r-1865\0cmd\0") },
        { "beginning of the capture lost", new PcapBuilder().FromClient(1, 1, "user\0" + Secret + "\0cmd\0").ToArray() },
        { "command repeats it", Client("\0user\0" + Secret + "\0echo " + Secret + "|sudo -S id\0") },
        { "input repeats it", Client("\0user\0" + Secret + "\0sudo -S id\0", Secret + "\n") },
        { "output repeats it", Server(Client_("\0user\0" + Secret + "\0cat\0"), 22, "\0" + Secret + "\n") },
        { "output repeats it in two segments", Server(Server_(Client_("\0user\0" + Secret + "\0cat\0"), 22, "\0wonder"), 22, "-1865\n", 8) },
        { "output repeats what is left of it", Server(Server_(Client_("\0user\0" + Secret + "\0cat\0"), 22, "\0wond"), 22, "-1865\n", 8) },
        { "diagnostic repeats it", Server(Client_("\0user\0" + Secret + "\0cat\0"), 22, "\u0001no " + Secret + " here\n") },
        { "output repeats it, user name lost", Server(Lost_("\0us", 3, Secret + "\0cat\0"), 22, "\0" + Secret + "\n") },
        { "on aux", OnAux() },
    };

    [Theory]
    [MemberData(nameof(Captures))]
    public void PasswordIsNowhere(string where, byte[] capture)
    {
        var (table, talk) = Shown.Table(capture);
        // Every part of it that could be told from other text: the pieces that the cases cut it into.
        foreach (var part in new[] { Secret, "wonder", "onde", "r-1865", "1865" })
        {
            var hex = string.Join(' ', Encoding.ASCII.GetBytes(part).Select(b => $"{b:x2}"));
            foreach (var text in new[] { table, Shown.Dialogue(capture), Shown.Json(capture), string.Join('\n', talk) })
            {
                Assert.False(text.Contains(part, StringComparison.Ordinal), $"{where}: {part} is in {text}");
                Assert.False(text.Replace("  ", " ").Contains(hex, StringComparison.Ordinal), $"{where}: {hex} is in {text}");
                Assert.False(text.Contains(hex.Replace(" ", ""), StringComparison.Ordinal), $"{where}: {hex} is in {text}");
            }
        }
    }

    // Two bytes are looked for nowhere else, or half of a dialogue would be stars: their place alone hides them.
    [Theory]
    [InlineData("\0us", "q7\0cmd\0")]
    [InlineData("\0user\0", "q7\0cmd\0")]
    [InlineData("", "user\0q7\0cmd\0")]
    public void ShortPasswordAfterAHoleIsHiddenByItsPlace(string before, string after)
    {
        var capture = Lost(before, 2, after);
        foreach (var text in new[] { Shown.Table(capture).Table, Shown.Dialogue(capture), Shown.Json(capture) })
        {
            Assert.DoesNotContain("q7", text);
            Assert.DoesNotContain("7137", text.Replace(" ", ""));
        }
    }

    [Fact]
    public void StarsAreAsLong()
    {
        var record = Assert.Single(Shown.Conversations(Client("\0user\0" + Secret + "\0cmd\0")));
        Assert.Equal("***********", record.GetProperty("exec.password").GetString());
        Assert.Equal("00757365720" + "0" + string.Concat(Enumerable.Repeat("2a", 11)) + "00636d6400", ClientHex(record));
        var shown = Assert.Single(Shown.Conversations(Client("\0user\0" + Secret + "\0cmd\0"), new ShowOptions { Passwords = true }));
        Assert.Equal(Secret, shown.GetProperty("exec.password").GetString());
    }

    [Fact]
    public void UserNameAndCommandAreHiddenEverywhere()
    {
        var capture = Server(Client_("\0alice\0pw\0id -un\0"), 17, "\0alice\n");
        var options = new ShowOptions { Passwords = true, UserNames = false, Commands = false };
        foreach (var text in new[] { Shown.Table(capture, options).Table, Shown.Dialogue(capture, options), Shown.Json(capture, options) })
        {
            Assert.DoesNotContain("alice", text);
            Assert.DoesNotContain("616c696365", text.Replace(" ", ""));
            Assert.DoesNotContain("id -un", text);
            Assert.DoesNotContain("6964202d756e", text.Replace(" ", ""));
        }

        Assert.Contains("alice", Shown.Dialogue(capture));
    }

    private static string? ClientHex(System.Text.Json.JsonElement record) =>
        record.GetProperty("streams").GetProperty("primary").GetProperty("client").GetProperty("hex").GetString();

    private static byte[] Client(params string[] segments) => Client_(segments).ToArray();

    private static PcapBuilder Client_(params string[] segments)
    {
        var builder = new PcapBuilder().Handshake();
        var sequence = 1u;
        foreach (var segment in segments)
        {
            builder.FromClient(sequence, 1, segment);
            sequence += (uint)segment.Length;
        }

        return builder;
    }

    private static byte[] Lost(string before, uint lost, string after) => Lost_(before, lost, after).ToArray();

    private static PcapBuilder Lost_(string before, uint lost, string after)
    {
        var builder = new PcapBuilder().Handshake();
        builder = before.Length > 0 ? builder.FromClient(1, 1, before) : builder;
        return builder.FromClient(1 + (uint)before.Length + lost, 1, after);
    }

    private static byte[] Server(PcapBuilder builder, uint ack, string text, uint sequence = 1) => Server_(builder, ack, text, sequence).ToArray();

    private static PcapBuilder Server_(PcapBuilder builder, uint ack, string text, uint sequence = 1) => builder.FromServer(sequence, ack, text);

    private static byte[] OnAux()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "5000\0").Handshake(PcapBuilder.Server, 40000, 5000);
        builder.FromClient(6, 1, "user\0" + Secret + "\0cmd\0").FromServer(1, 27, "\0");
        return builder.Tcp(PcapBuilder.Server, 40000, 5000, 1, 1, TcpFlags.Ack, $"bad: {Secret}\n").ToArray();
    }
}
