using System.Security.Cryptography;
using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Captures;

public sealed class CommittedCaptureTests
{
    public static TheoryData<string> Slugs =>
        [.. Directory.EnumerateDirectories(Path.Combine(CaptureFiles.Repository, "pcaps")).Select(folder => Path.GetFileName(folder)).Order()];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void ManifestAgreesWithFile(string slug)
    {
        var folder = Path.Combine(CaptureFiles.Repository, "pcaps", slug);
        var manifest = CaptureManifest.Load(Path.Combine(folder, "capture.yaml"));
        var file = Path.Combine(folder, manifest.File);

        Assert.Equal(1, manifest.Format);
        Assert.Equal(manifest.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        var contents = CaptureContents.Read(file);
        Assert.Equal(manifest.Packets, contents.Counts.Total);
        Assert.Empty(contents.Warnings);
        Assert.NotEmpty(contents.Conversations);
    }

    [Fact]
    public void ManifestWithUnknownKeyIsAnErrorWithItsPlace()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "format: 1\ncolour: red\n");
        Assert.Contains(":2:1:", Assert.Throws<InvalidDataException>(() => CaptureManifest.Load(path)).Message);
        File.Delete(path);
    }

    [Fact]
    public void AuxSuccess()
    {
        var conversation = Only("glibc-aux-out-err");

        Assert.Equal(["47803", "rxalice", "wonder-1865", "echo out; echo err >&2; exit 3"], Fields(conversation));
        Assert.Equal((AuxOutcome.Connected, 47803), (conversation.AuxOutcome, conversation.AuxPort));
        Assert.Equal(StreamName.Primary, conversation.StatusStream);
        Assert.Equal("out\n"u8, conversation.PrimaryReply.Output);
        Assert.Equal("err\n"u8, conversation.AuxReply.Output);
        Assert.True(conversation.AuxBeforeUserName);
        Assert.True(conversation.Accepted);
        Assert.Equal([EndOfStream.Fin, EndOfStream.Fin], Ends(conversation, StreamName.Aux));
        Assert.Equal(Side.Server, conversation.FirstToEnd(StreamName.Primary));
        Assert.Empty(conversation.Warnings);
    }

    [Fact]
    public void WrongPasswordIsSilenceThenFin()
    {
        var conversation = Only("glibc-bad-password");

        Assert.Equal(AuxOutcome.NotAsked, conversation.AuxOutcome);
        Assert.Empty(conversation.PrimaryReply.Parts);
        Assert.False(conversation.Accepted);
        Assert.Equal([EndOfStream.Fin, EndOfStream.Fin], Ends(conversation, StreamName.Primary));
        var end = conversation.Sent(Side.Server, StreamName.Primary)!.EndMark!.Value;
        Assert.Equal(2.351902, (end.Nanoseconds - conversation.Primary.Start.Nanoseconds) / 1e9, 6);
    }

    [Fact]
    public void LongUserNameIsDiagnosticInTwoSegmentsThenRst()
    {
        var conversation = Only("glibc-user-too-long");

        Assert.Equal("\u0001username too long\n"u8, conversation.PrimaryReply.Diagnostics);
        Assert.Equal([1, 18], conversation.Sent(Side.Server, StreamName.Primary)!.Pieces.Select(piece => piece.Bytes.Length));
        Assert.False(conversation.Accepted);
        Assert.Equal([EndOfStream.Fin, EndOfStream.Rst], Ends(conversation, StreamName.Primary));
        Assert.Equal(Side.Client, conversation.FirstToEnd(StreamName.Primary));
    }

    [Fact]
    public void SegmentsOfTheClientAreKept()
    {
        var sent = Only("commonsnet-aux-out-err").Sent(Side.Client, StreamName.Primary)!;
        Assert.Equal([5, 1, 7, 1, 11, 1, 22, 1], sent.Pieces.Select(piece => piece.Bytes.Length));
    }

    internal static Conversation Only(string slug) => Assert.Single(CaptureContents.Read(CaptureFiles.Committed(slug)).Conversations);

    private static IEnumerable<string> Fields(Conversation conversation) =>
        conversation.Request.All.Select(field => Encoding.ASCII.GetString(field.Bytes.Span));

    private static EndOfStream[] Ends(Conversation conversation, StreamName stream) =>
        [conversation.End(Side.Client, stream), conversation.End(Side.Server, stream)];
}
