using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Tests.Captures;

/// <summary>Conversations as they come, in bounded memory.</summary>
public sealed class TrackerTests
{
    public static TheoryData<string> Samples
    {
        get
        {
            var all = new TheoryData<string>();
            foreach (var path in CaptureFiles.AllCommitted.Order())
            {
                all.Add(Path.GetRelativePath(CaptureFiles.Repository, path));
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void BoundedMemoryTellsTheSame(string path)
    {
        path = Path.Combine(CaptureFiles.Repository, path);
        var all = CaptureContents.Read(path).Conversations.Select(one => ConversationText.Dialogue(one, showPassword: true));
        var told = Told(File.ReadAllBytes(path), KeepLimits.Default, one => ConversationText.Dialogue(one, showPassword: true));
        Assert.NotEmpty(told);
        Assert.Equal(all, told);
    }

    [Fact]
    public void ConversationsComeInTheOrderOfTheirFirstPackets()
    {
        // The second ends first.
        var builder = new PcapBuilder().Handshake(fromPort: 1001).Handshake(fromPort: 1002);
        Session(builder, 1002, "second");
        Session(builder, 1001, "first");
        Assert.Equal(["1 first", "2 second"], Told(builder.ToArray(), KeepLimits.Default, NumberAndUser));
        Assert.Equal(["1 second", "2 first"], Told(builder.ToArray(), KeepLimits.Default with { HeldBack = 0 }, NumberAndUser, finish: PassAnHour));
    }

    [Fact]
    public void StreamOverTheLimitIsCountedAndItsBeginningKept()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "0\0alice\0secret\0cat\0").FromServer(1, 20, "\0");
        for (uint place = 2; place < 100_002; place += 500)
        {
            // One segment in the middle is lost.
            _ = place == 60_002 ? builder : builder.FromServer(place, 20, new string('x', 500));
        }

        var server = Told(builder.ToArray(), KeepLimits.Default with { PerDirection = 20_000 }, one =>
            (one.Primary.FromResponder.KeptWhole, Whole: one.Primary.FromResponder.Length, Kept: one.Primary.FromResponder.Prefix.Length, Lost: one.Primary.FromResponder.Lost[0], one.Accepted)).Single();
        Assert.Equal((false, 100_001), (server.KeptWhole, server.Whole));
        Assert.InRange(server.Kept, 5_000, 20_000);
        Assert.Equal((60_001, 500), (server.Lost.Offset, server.Lost.Length));
        Assert.True(server.Accepted);
    }

    [Fact]
    public void ManyOpenConversationsAreToldWithinTheLimits()
    {
        var builder = new PcapBuilder();
        for (var port = 1; port <= 3000; port++)
        {
            builder.Tcp(PcapBuilder.Client, port + 1000, 512, 0, 0, TcpFlags.Syn).Tcp(PcapBuilder.Client, port + 1000, 512, 1, 1, TcpFlags.Ack, $"0\0user{port}\0");
        }

        var users = Told(builder.ToArray(), KeepLimits.Default with { Connections = 100, Total = 400_000 }, one => Encoding.ASCII.GetString(one.Request.UserName.Bytes.Span));
        Assert.Equal(Enumerable.Range(1, 3000).Select(port => $"user{port}").Order(), users.Order());
    }

    [Fact]
    public void WhatIsNoRexecIsLetGoOf()
    {
        var builder = new PcapBuilder().Handshake(toPort: 80).Tcp(PcapBuilder.Client, 1023, 80, 1, 1, TcpFlags.Ack, "GET / HTTP/1.1\r\n");
        Session(builder.Handshake(fromPort: 1001), 1001, "alice");
        Assert.Equal(["1 alice"], Told(builder.ToArray(), KeepLimits.Default, NumberAndUser));
    }

    [Fact]
    public void UnusualPortIsFoundByShapeBesidePort512()
    {
        var builder = new PcapBuilder().Handshake(fromPort: 1001, toPort: 5120);
        Session(builder, 1001, "elsewhere", 5120);
        Session(builder.Handshake(fromPort: 1002), 1002, "here");
        Assert.Equal(["1 elsewhere", "2 here"], Told(builder.ToArray(), KeepLimits.Default, NumberAndUser));
    }

    [Theory]
    [InlineData(513)]
    [InlineData(514)]
    public void RloginAndRshHaveTheSameShapeAndAreNoRexec(int port)
    {
        var builder = new PcapBuilder().Handshake(fromPort: 1001, toPort: port);
        Session(builder, 1001, "alice", port);
        Assert.Empty(Told(builder.ToArray(), KeepLimits.Default, NumberAndUser));
    }

    [Fact]
    public void AuxConnectionCapturedBeforeThePortThatNamesIt()
    {
        var builder = new PcapBuilder().Handshake()
            .Handshake(from: PcapBuilder.Server, fromPort: 1020, toPort: 2000)
            .FromClient(1, 1, "2000\0alice\0secret\0true\0");
        Assert.Equal([AuxOutcome.Connected], Told(builder.ToArray(), KeepLimits.Default, one => one.AuxOutcome));
    }

    [Fact]
    public void AuxConnectionCapturedWithAllItsDataBeforeThePortThatNamesIt()
    {
        var builder = new PcapBuilder().Handshake()
            .Handshake(from: PcapBuilder.Server, fromPort: 1020, toPort: 2000)
            .Tcp(PcapBuilder.Server, 1020, 2000, 1, 1, TcpFlags.Ack, "err\n")
            .Tcp(PcapBuilder.Server, 1020, 2000, 5, 1, TcpFlags.Ack | TcpFlags.Fin)
            .Tcp(PcapBuilder.Client, 2000, 1020, 1, 6, TcpFlags.Ack | TcpFlags.Fin)
            .FromClient(1, 1, "2000\0alice\0secret\0true\0");
        Assert.Equal([(AuxOutcome.Connected, 4L)], Told(builder.ToArray(), KeepLimits.Default, one => (one.AuxOutcome, one.Aux!.FromInitiator.Length)));
    }

    [Fact]
    public void SamePortsAndNumbersAfterTheEndAreAnotherConversation()
    {
        var builder = new PcapBuilder();
        foreach (var user in new[] { "first", "second", "third" })
        {
            Session(builder.Handshake(fromPort: 1001), 1001, user);
        }

        Assert.Equal(["1 first", "2 second", "3 third"], Told(builder.ToArray(), KeepLimits.Default, NumberAndUser));
    }

    [Fact]
    public void PortsUsedAgainWithoutAnEndInTheFile()
    {
        var builder = new PcapBuilder().FromClient(5000, 1, "tail of another").Handshake(start: 9000)
            .FromClient(9001, 9001, "0\0alice\0secret\0true\0");
        Assert.Equal(["1 ", "2 alice"], Told(builder.ToArray(), KeepLimits.Default, NumberAndUser));
    }

    [Fact]
    public void OtherPortsBetweenTheHostsAreNoted()
    {
        var builder = new PcapBuilder().Handshake().FromClient(1, 1, "2000\0alice\0secret\0true\0");
        Assert.Equal([false], Told(builder.ToArray(), KeepLimits.Default, one => one.OtherPortsSeen));
        builder.Handshake(from: PcapBuilder.Server, fromPort: 99, toPort: 98);
        Assert.Equal([true], Told(builder.ToArray(), KeepLimits.Default, one => one.OtherPortsSeen));
    }

    private static string NumberAndUser(Conversation one) => $"{one.Number} {Encoding.ASCII.GetString(one.Request.UserName.Bytes.Span)}";

    private static void PassAnHour(ConversationTracker tracker) => tracker.PassTime(3_600_000_000_000);

    private static void Session(PcapBuilder builder, int port, string user, int toPort = 512) => builder
        .Tcp(PcapBuilder.Client, port, toPort, 1, 1, TcpFlags.Ack, $"0\0{user}\0secret\0true\0")
        .Tcp(PcapBuilder.Server, toPort, port, 1, 30, TcpFlags.Ack, "\0")
        .Tcp(PcapBuilder.Server, toPort, port, 2, 30, TcpFlags.Ack | TcpFlags.Fin)
        .Tcp(PcapBuilder.Client, port, toPort, 1 + (uint)user.Length + 15, 3, TcpFlags.Ack | TcpFlags.Fin);

    private static List<T> Told<T>(byte[] file, KeepLimits limits, Func<Conversation, T> tell, Action<ConversationTracker>? finish = null)
    {
        var told = new List<T>();
        var tracker = new ConversationTracker(null, one => told.Add(tell(one)), limits);
        using var reader = CaptureReader.Open(new MemoryStream(file));
        while (reader.TryRead(out var packet))
        {
            tracker.Add(packet);
        }

        finish?.Invoke(tracker);
        tracker.Finish();
        return told;
    }
}
