using System.Net;
using System.Net.Sockets;
using System.Text;
using Rexecd;
using RexecConformance.Captures;
using RexecConformance.Captures.Tcp;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Inetd;
using RexecConformance.Tests.Captures.Writing;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Cli.Tests.Recording;

/// <summary>Through the recorder a client sees what it sees without it, and the file shows the same.</summary>
[Trait("needs", "loopback")]
public sealed class RecordedLikeSeenTest
{
    public static TheoryData<string> Requests =>
    [
        "<p>\0good\0secret\0echo out; echo err >&2\0",
        "\0good\0secret\0echo out; echo err >&2\0",
        "0\0good\0secret\0echo out\0",
        "\0good\0secret\0seq 1 20000\0",
        "<p>\0good\0secret\0seq 1 20000\0",
        "<p>\0good\0wrong\0true\0",
        "\0nobody\0x\0true\0",
        "00<p>\0good\0secret\0exit 7\0",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task In_front_of_the_reference_server(string request)
    {
        await using RexecServer server = Start(IPAddress.Loopback);
        await CheckAsync(server.EndPoint, request);
    }

    [SkippableTheory]
    [MemberData(nameof(Requests))]
    [Trait("needs", "daemon")]
    public async Task In_front_of_a_real_daemon(string request)
    {
        Needs.DebianDaemon();
        await using InetdHost host = await InetdHost.StartAsync(Needs.Daemon, [], RexecConformance.Accounts.AccountFile.Default, CancellationToken.None);
        await CheckAsync(host.IPv4EndPoint, request);
    }

    [SkippableFact]
    public async Task Over_IPv6()
    {
        Skip.IfNot(Socket.OSSupportsIPv6 && LocalAddress.CanBind(IPAddress.IPv6Loopback), "needs IPv6");
        await using RexecServer server = Start(IPAddress.IPv6Loopback);
        await CheckAsync(server.EndPoint, "<p>\0good\0secret\0echo out; echo err >&2\0");
    }

    [Fact]
    public async Task Several_at_once_stay_apart()
    {
        const int Clients = 24;
        await using RexecServer server = Start(IPAddress.Loopback);
        await using var record = new RecordRun(server.EndPoint);
        SeenReply[] seen = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => OnThread(() =>
            PlainClient.Send(record.EndPoint, "<p>\0good\0secret\0cat\0", (primary, _) =>
            {
                primary.Send(Encoding.Latin1.GetBytes($"this is {i}"));
                primary.Shutdown(SocketShutdown.Send);
            }))));
        CaptureContents contents = await record.ReadAsync(Clients);
        for (int i = 0; i < Clients; i++)
        {
            Assert.Equal($"\0this is {i}", seen[i].Primary.Text);
            Conversation own = Assert.Single(contents.Conversations, one => Text(one, Side.Client, StreamName.Primary).EndsWith($"\0this is {i}", StringComparison.Ordinal));
            Same(seen[i], own);
            Assert.Equal(EndOfStream.Fin, own.End(Side.Client, StreamName.Primary));
        }

        _ = Tshark.Check(record.Path, anyPorts: true);
    }

    [Fact]
    public async Task A_client_that_waits_for_the_stderr_connection_before_its_name_as_glibc_does_is_shown_so()
    {
        const int Clients = 20;
        await using RexecServer server = Start(IPAddress.Loopback);
        await using var record = new RecordRun(server.EndPoint);
        SeenReply[] seen = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => OnThread(() =>
            PlainClient.Send(record.EndPoint, "<p>\0", (primary, _) => primary.Send("good\0secret\0echo out; echo err >&2\0"u8)))));
        Assert.All(seen, one => Assert.Equal(("\0out\n", "err\n"), (one.Primary.Text, one.Aux?.Text)));
        CaptureContents contents = await record.ReadAsync(Clients);
        Assert.All(contents.Conversations, own => Assert.True(own.AuxBeforeUserName));
        Assert.All(contents.Conversations, own => Assert.Equal("secret", Encoding.Latin1.GetString(own.Request.Password.Bytes.Span)));
    }

    [Fact]
    public async Task A_client_without_a_port_field_does_not_show_its_password_as_user_name()
    {
        await using RexecServer server = Start(IPAddress.Loopback);
        await using var record = new RecordRun(server.EndPoint);
        _ = PlainClient.Send(record.EndPoint, "good\0secret\0true\0", (primary, _) => primary.Shutdown(SocketShutdown.Send));
        _ = await record.ReadAsync(1);
        Assert.DoesNotContain("secret", record.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_close_of_the_client_ends_the_input_and_not_the_output()
    {
        await using RexecServer server = Start(IPAddress.Loopback);
        await using var record = new RecordRun(server.EndPoint);
        SeenReply seen = PlainClient.Send(record.EndPoint, "<p>\0good\0secret\0cat >&2\0", (primary, _) =>
        {
            primary.Send("input"u8);
            primary.Shutdown(SocketShutdown.Send);
        });
        Assert.Equal(("\0", "FIN"), (seen.Primary.Text, seen.Primary.End));
        Assert.Equal(("input", "FIN"), (seen.Aux!.Text, seen.Aux.End));
        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Same(seen, own);
        Assert.Equal(Side.Client, own.FirstToEnd(StreamName.Primary));
        Assert.True(own.AuxBeforeUserName is not null);
    }

    // The client blocks: from the pool it would take the threads that recorder and server need.
    private static Task<SeenReply> OnThread(Func<SeenReply> client) =>
        Task.Factory.StartNew(client, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task CheckAsync(IPEndPoint server, string request)
    {
        SeenReply direct = await OnThread(() => PlainClient.Send(server, request));
        await using var record = new RecordRun(server);
        SeenReply seen = await OnThread(() => PlainClient.Send(record.EndPoint, request));
        Assert.Equal((direct.Primary.Text, direct.Primary.End), (seen.Primary.Text, seen.Primary.End));
        Assert.Equal((direct.Aux?.Text, direct.Aux?.End), (seen.Aux?.Text, seen.Aux?.End));
        Conversation own = (await record.ReadAsync(1)).Conversations[0];
        Same(seen, own);
        string sent = Text(own, Side.Client, StreamName.Primary);
        if (request.Contains("<p>", StringComparison.Ordinal))
        {
            Assert.Equal(request.Replace("<p>", $"{own.AuxPort}", StringComparison.Ordinal), sent);
            string field = sent[..sent.IndexOf('\0')];
            Assert.Contains(record.Comments(), comment => comment.StartsWith($"port field \"{field}\" was rewritten to \"", StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal(request, sent);
            Assert.Equal(AuxOutcome.NotAsked, own.AuxOutcome);
            Assert.Equal(["rexec: a primary connection"], record.Comments());
        }

        Assert.DoesNotContain("secret", Assert.Single(record.Lines), StringComparison.Ordinal);
        _ = Tshark.Check(record.Path, anyPorts: true);
    }

    private static void Same(SeenReply seen, Conversation own)
    {
        Assert.Equal(seen.Primary.Text, Text(own, Side.Server, StreamName.Primary));
        Assert.Equal(seen.Primary.End, own.End(Side.Server, StreamName.Primary).ToString().ToUpperInvariant());
        Assert.Equal(seen.Aux is null, own.AuxOutcome != AuxOutcome.Connected);
        if (seen.Aux is { } aux)
        {
            Assert.Equal(aux.Text, Text(own, Side.Server, StreamName.Aux));
            Assert.Equal(aux.End, own.End(Side.Server, StreamName.Aux).ToString().ToUpperInvariant());
        }
    }

    private static string Text(Conversation own, Side side, StreamName stream) =>
        Encoding.Latin1.GetString(own.Sent(side, stream)?.KnownBytes() ?? []);

    private static RexecServer Start(IPAddress address) =>
        RexecServer.Start(new RexecServerOptions { Listen = new IPEndPoint(address, 0), Dialect = Dialect.Load("debian") });
}
