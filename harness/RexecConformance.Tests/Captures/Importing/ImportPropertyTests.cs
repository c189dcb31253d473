using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Captures.Packets;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Captures.Importing;

/// <summary>Conversations of any bytes and any segments: imported, written, read back, they send what was captured, segment by segment.</summary>
[Trait("needs", "nothing")]
public sealed class ImportPropertyTests
{
    private const int Each = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void WhatIsSentIsWhatWasCaptured(int seed)
    {
        var random = new Random(seed);
        var builder = new PcapBuilder();
        for (int i = 0; i < Each; i++)
        {
            Conversation(builder, random, 1024 + i);
        }

        using var imported = new ImportedFolder(builder.Read());
        Assert.Empty(imported.Problems);
        Assert.Equal(Each, imported.Result.Scenarios.Count + imported.Result.Left.Count);
        Assert.True(imported.Result.Scenarios.Count > Each * 3 / 4, string.Join("; ", imported.Result.Left.Select(left => left.Reason)));
        foreach (ImportedScenario one in imported.Result.Scenarios)
        {
            Scenario scenario = imported.Tree.Scenarios.Single(read => read.Id == one.Scenario.Id);
            if (one.Notes.Any(note => note.Contains("no accounts file can hold", StringComparison.Ordinal)))
            {
                continue;
            }

            Variant variant = Assert.Single(Variant.Of(scenario));
            IEnumerable<string> sent = variant.Expand(new AccountContext(imported.Tree.Fixtures.Accounts)).OfType<Send>()
                .Where(send => send.Stream == StreamName.Primary).Select(send => Convert.ToHexString(send.Bytes));
            Assert.Equal(one.Conversation.Sent(Side.Client, StreamName.Primary)!.Pieces.Select(piece => Convert.ToHexString(piece.Bytes.Span)), sent);
            byte[] expected = [.. scenario.Expect[0].Primary!.Bytes!.Resolve(new AccountContext(imported.Tree.Fixtures.Accounts))];
            Assert.Equal(one.Conversation.Sent(Side.Server, StreamName.Primary)!.Prefix.ToArray(), expected);
        }
    }

    // One in ten is far larger than the others, and one in five has no NUL at its end: the client stops within a field.
    private static void Conversation(PcapBuilder builder, Random random, int port)
    {
        string[] ports = ["", "0", "40000", "000", "65536"];
        string request = ports[random.Next(ports.Length)] + "\0" + Text(random, 12) + "\0" + Text(random, 12) + "\0"
            + Text(random, random.Next(10) == 0 ? 5000 : 60) + "\0" + (random.Next(3) == 0 ? Bytes(random, 30) : "");
        request = random.Next(5) == 0 ? request[..random.Next(1, request.Length)] : request;
        _ = builder.Handshake(fromPort: port);
        uint at = 1;
        while (at <= request.Length)
        {
            int length = Math.Min(request.Length - (int)at + 1, random.Next(4) == 0 ? 1 : random.Next(1, 1400));
            _ = builder.Tcp(PcapBuilder.Client, port, 512, at, 1, TcpFlags.Ack, request.Substring((int)at - 1, length));
            at += (uint)length;
        }

        string reply = random.Next(3) switch { 0 => "", 1 => "\u0001" + "Login incorrect.\n", _ => "\0" + Bytes(random, 200) };
        _ = builder.Tcp(PcapBuilder.Server, 512, port, 1, at, TcpFlags.Ack, reply);
        _ = builder.Tcp(PcapBuilder.Server, 512, port, 1 + (uint)reply.Length, at, TcpFlags.Ack | TcpFlags.Fin);
        _ = builder.Tcp(PcapBuilder.Client, port, 512, at, 2 + (uint)reply.Length, TcpFlags.Ack | TcpFlags.Fin);
    }

    // What YAML, placeholders and shells care about comes more often than chance would have it.
    private static string Text(Random random, int longest)
    {
        const string Odd = "\n\r\t\"'\\${}[]#:-?&*!|>%@`,~ \u007f\u0080\u0085\u00a0\u00ff";
        var text = new StringBuilder();
        for (int i = random.Next(longest + 1); i > 0; i--)
        {
            _ = text.Append(random.Next(3) switch { 0 => Odd[random.Next(Odd.Length)], 1 => (char)random.Next('a', 'z' + 1), _ => (char)random.Next(1, 256) });
        }

        return text.ToString();
    }

    private static string Bytes(Random random, int longest)
    {
        byte[] bytes = new byte[random.Next(longest + 1)];
        random.NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
