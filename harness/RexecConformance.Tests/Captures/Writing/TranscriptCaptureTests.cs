using RexecConformance.Captures;
using RexecConformance.Captures.Writing;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Tests.Wire;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Tests.Captures.Writing;

public sealed class TranscriptCaptureTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_transcript_that_is_written_and_read_back_is_the_same()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Transcript made = MadeTranscript.Of(seed);
            Write(made);
            try
            {
                SameTranscript.Check(made, Assert.Single(TranscriptReader.Read(_path)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }

    [Fact]
    public void Packets_alone_carry_bytes_and_ends()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Transcript made = MadeTranscript.Of(seed);
            Write(made);
            Conversation seen = Assert.Single(CaptureContents.Read(_path, made.Primary.Remote!.Port).Conversations);
            Assert.Empty(CaptureContents.Read(_path, made.Primary.Remote.Port).Warnings);
            foreach (StreamName stream in Enum.GetValues<StreamName>())
            {
                Assert.Equal(made.Stream(stream).Bytes, seen.Sent(Side.Server, stream)?.KnownBytes() ?? []);
                Assert.Equal(
                    made.Events.Where(e => e.Stream == stream && made.Stream(stream).Connected).SelectMany(e => e.Sent ?? []),
                    seen.Sent(Side.Client, stream)?.KnownBytes() ?? []);
            }
        }
    }

    [Fact]
    public void Several_sessions_in_one_file_stay_apart()
    {
        Transcript[] made = [.. Enumerable.Range(1000, 40).Select(MadeTranscript.Of).Where(one => one.Aux.Connected).DistinctBy(one => one.Aux.Local!.Port).DistinctBy(one => one.Primary.Local!.Port)];
        Assert.True(made.Length > 5);
        Write(made);
        IReadOnlyList<Transcript> read = TranscriptReader.Read(_path);
        Assert.Equal(made.Length, read.Count);
        for (int i = 0; i < made.Length; i++)
        {
            SameTranscript.Check(made[i], read[i]);
        }
    }

    [SkippableFact]
    [Trait("needs", "tshark")]
    public void Tshark_reads_them_without_a_warning()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            Write(MadeTranscript.Of(seed));
            Assert.True(Tshark.Check(_path) > 0);
        }
    }

    [Fact]
    [Trait("needs", "loopback")]
    public async Task A_real_exchange_is_the_same_when_read_back()
    {
        using var server = new HandServer();
        Exchange exchange = new(
            [HandServer.Text("P\0"), new AwaitAux(TimeSpan.FromSeconds(5)), HandServer.Text("good\0"), new Pause(TimeSpan.FromMilliseconds(3)), HandServer.Text("secret\0cat\0"), new HalfClose(StreamName.Primary)],
            StreamWait.ForEnd,
            StreamWait.ForEnd);
        Transcript driven = await server.DriveAsync(
            exchange,
            async client =>
            {
                using var aux = await server.ConnectBackAsync(client);
                _ = await HandServer.ReadAllAsync(client);
                _ = await client.SendAsync("\0out"u8.ToArray());
                _ = await aux.SendAsync("err"u8.ToArray());
                HandServer.Reset(aux);
            },
            new AuxBehaviour(AuxMode.Listen, TimeSpan.Zero));
        Assert.Equal((StreamEnd.Fin, StreamEnd.Rst), (driven.Primary.End, driven.Aux.End));
        Assert.Equal(server.EndPoint, driven.Primary.Remote);
        Write(driven);
        SameTranscript.Check(driven, Assert.Single(TranscriptReader.Read(_path)));
    }

    [Fact]
    public void Comments_say_what_was_wrong_where_it_was()
    {
        Transcript made = MadeTranscript.Of(Enumerable.Range(0, 1000).First(seed => MadeTranscript.Of(seed).Primary.Chunks.Count > 2));
        int second = made.Primary.Chunks[0].Bytes.Length;
        using (FileStream file = File.Create(_path))
        {
            TranscriptCapture.Write(file, "all", [new CapturedExchange(made, ["scenario: x"], [new Finding(FindingKind.Bytes, StreamName.Primary, "it differs", second)])]);
        }

        Dictionary<int, IReadOnlyList<string>> comments = Comments();
        Assert.Equal("scenario: x", comments[1][0]);
        int frame = Assert.Single(comments, one => one.Value.Contains("finding: it differs")).Key;
        Conversation seen = Assert.Single(CaptureContents.Read(_path, made.Primary.Remote!.Port).Conversations);
        Assert.Equal(second, Assert.Single(seen.Sent(Side.Server, StreamName.Primary)!.Pieces, piece => piece.Mark.Frame == frame).Offset);
    }

    [Fact]
    public void A_capture_of_something_else_is_no_transcript()
    {
        Assert.Throws<CaptureFormatException>(() => TranscriptReader.Read(CaptureFiles.AllCommitted.First()));
    }

    private Dictionary<int, IReadOnlyList<string>> Comments()
    {
        var all = new Dictionary<int, IReadOnlyList<string>>();
        using FileStream file = File.OpenRead(_path);
        using CaptureReader reader = CaptureReader.Open(file);
        while (reader.TryRead(out CapturedPacket packet))
        {
            all[packet.Number] = packet.Comments();
        }

        return all;
    }

    private void Write(params Transcript[] transcripts)
    {
        using FileStream file = File.Create(_path);
        TranscriptCapture.Write(file, "test", [.. transcripts.Select(one => new CapturedExchange(one, [], []))]);
    }
}
