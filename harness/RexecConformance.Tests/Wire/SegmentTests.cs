using System.Net;
using RexecConformance.Scenarios;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Wire;

/// <summary>Each fragment is one TCP segment, and the kernel's own count proves it.</summary>
[Trait("needs", "loopback")]
public sealed class SegmentTests
{
    [SkippableTheory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.0.0.1", 512)]
    [InlineData("::1", 200)]
    public async Task Each_fragment_is_a_segment(string address, int count)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: MSG_EOR and TCP_INFO");
        using var server = new HandServer(IPAddress.Parse(address));
        string received = "";
        Transcript t = await server.DriveAsync(
            HandServer.Exchange([.. Enumerable.Range(0, count).Select(i => HandServer.Text($"{(char)('a' + (i % 26))}")), new HalfClose(StreamName.Primary)]),
            async client => received = (await HandServer.ReadAllAsync(client)).Text);
        Assert.Equal(SegmentProof.Proved, t.SegmentProof);
        Assert.Equal(count, t.Fragments);
        Assert.True(t.Segments >= count, $"{t.Segments} segments");
        Assert.Equal(string.Concat(Enumerable.Range(0, count).Select(i => (char)('a' + (i % 26)))), received);
    }

    [SkippableFact]
    public async Task A_server_that_reads_late_gets_segments_all_the_same()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: MSG_EOR and TCP_INFO");
        using var server = new HandServer();
        var sent = new TaskCompletionSource();
        Transcript t = await server.DriveAsync(
            HandServer.Exchange([.. Enumerable.Range(0, 200).Select(_ => HandServer.Text("x"))]),
            async client =>
            {
                _ = await Task.WhenAny(sent.Task, Task.Delay(300));
                byte[] buffer = new byte[200];
                for (int count = 0; count < 200;)
                {
                    count += await client.ReceiveAsync(buffer);
                }
            });
        Assert.Equal(SegmentProof.Proved, t.SegmentProof);
    }

    [Fact]
    public async Task A_megabyte_in_one_fragment_arrives_whole()
    {
        using var server = new HandServer();
        int received = 0;
        Transcript t = await server.DriveAsync(
            HandServer.Exchange(new Send(StreamName.Primary, new byte[1 << 20]), new HalfClose(StreamName.Primary)),
            async client => received = (await HandServer.ReadAllAsync(client)).Text.Length);
        Assert.Equal(1 << 20, received);
        Assert.Equal(1, t.Fragments);
        Assert.NotEqual(SegmentProof.Merged, t.SegmentProof);
    }
}
