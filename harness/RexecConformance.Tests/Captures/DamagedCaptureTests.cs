using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Replay;

namespace RexecConformance.Tests.Captures;

public sealed class DamagedCaptureTests
{
    [Fact]
    public void CutAtEveryByteKeepsWhatIsSound()
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err"));
        var packets = 0;
        for (var length = 24; length <= whole.Length; length++)
        {
            var contents = CaptureContents.Read(new MemoryStream(whole, 0, length));
            Assert.InRange(contents.Counts.Total, packets, packets + 1);
            packets = contents.Counts.Total;
            UseAll(contents);
        }

        Assert.Equal(22, packets);
    }

    [Fact]
    public void CutInsideTheHeaderIsOneLine()
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err"));
        for (var length = 0; length < 24; length++)
        {
            var e = Assert.Throws<CaptureFormatException>(() => CaptureContents.Read(new MemoryStream(whole, 0, length)));
            Assert.StartsWith("not a capture", e.Message);
        }
    }

    [Fact]
    public void FaultNamesTheByteWhereTheRecordBegins()
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err"));
        // The first record is 16 + 74 bytes long.
        Assert.Equal("byte 114: a packet of 74 bytes is cut short at 20", CaptureContents.Read(new MemoryStream(whole, 0, 150)).Fault!.ToString());
        Assert.Equal("byte 114: a record's header of 16 bytes is cut short at 3", CaptureContents.Read(new MemoryStream(whole, 0, 117)).Fault!.ToString());
        Assert.Null(CaptureContents.Read(new MemoryStream(whole, 0, 114)).Fault);
    }

    [Fact]
    public void AbsurdLengthIsAFault()
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed("glibc-aux-out-err"));
        whole[114 + 8 + 3] = 0x7f;
        var contents = CaptureContents.Read(new MemoryStream(whole));
        Assert.Equal(1, contents.Counts.Total);
        Assert.StartsWith("byte 114: a record claims ", contents.Fault!.ToString());
    }

    [Theory]
    [InlineData("", "not a capture: the file is empty")]
    [InlineData("text\n", "not a capture: it begins with 74657874, which is no magic number of pcap or pcapng")]
    [InlineData("\n\r\r\n0123", "not a capture: a block's header is cut short at 8")]
    [InlineData("\x1f\u008b", "not a capture: the file is gzip, and its header is cut short (packed byte 2)")]
    public void OtherFilesAreAnErrorInOneLine(string text, string message)
    {
        var e = Assert.Throws<CaptureFormatException>(() => CaptureContents.Read(new MemoryStream(Encoding.Latin1.GetBytes(text))));
        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("glibc-aux-out-err")]
    [InlineData("glibc-user-too-long")]
    public void FlippedBitsNeverThrow(string slug)
    {
        var whole = File.ReadAllBytes(CaptureFiles.Committed(slug));
        var random = new Random(512);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                UseAll(CaptureContents.Read(new MemoryStream(bytes)));
            }
            catch (CaptureFormatException)
            {
                // The magic number or the version was hit: a right answer.
            }
        }
    }

    private static void UseAll(CaptureContents contents)
    {
        _ = contents.Warnings.ToList();
        foreach (var conversation in contents.Conversations)
        {
            _ = ConversationText.Line(conversation) + ConversationText.Dialogue(conversation) + ConversationText.Dialogue(conversation, showPassword: true);
            _ = ReplayScript.TryCreate(conversation, new ReplayOptions { OriginalPace = true }, out _)?.WithAuxPort(1).Substitute("good", "");
            _ = ReplayComparison.Compare(conversation, new ObservedReplay(ObservedStream.Absent, ObservedStream.Absent));
        }
    }
}
