using System.Text;
using RexecConformance.Captures;
using RexecConformance.Captures.Replay;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Captures;

/// <summary>The Wireshark wiki's own sample: five-digit arithmetic, coalesced fields, Ethernet padding, no aux connection in the file.</summary>
public sealed class ExecSampleTests
{
    [SkippableFact]
    public void FieldsReplyAndEnd()
    {
        var contents = CaptureContents.Read(CaptureFiles.Shared("exec-sample.pcap"));
        var conversation = Assert.Single(contents.Conversations);

        Assert.Equal(14, contents.Counts.Total);
        Assert.Equal(["3840", "stefis86", "my-password", "uptime"], conversation.Request.All.Select(field => Encoding.ASCII.GetString(field.Bytes.Span)));
        Assert.Equal("\0"u8, conversation.PrimaryReply.Handshake);
        Assert.Equal("  4:46pm  up 14 day(s), 17:29,  4 users,  load average: 15.12, 13.66, 14.68\n"u8, conversation.PrimaryReply.Output);
        Assert.Equal(EndOfStream.Fin, conversation.End(Side.Server, StreamName.Primary));
        Assert.Equal(Side.Server, conversation.FirstToEnd(StreamName.Primary));
        Assert.Equal((AuxOutcome.NotInFile, 3840), (conversation.AuxOutcome, conversation.AuxPort));
        Assert.Contains("captured with a port-512 filter", Assert.Single(conversation.Warnings));
    }

    [SkippableFact]
    public void PaddingIsNoData()
    {
        var conversation = Assert.Single(CaptureContents.Read(CaptureFiles.Shared("exec-sample.pcap")).Conversations);
        Assert.Equal(77, conversation.Primary.FromResponder.Length);
        Assert.Equal(33, conversation.Primary.FromInitiator.Length);
        Assert.Empty(conversation.Primary.FromResponder.Lost);
    }

    [SkippableFact]
    public void ScriptAwaitsTheMissingAuxBeforeTheUserName()
    {
        var conversation = Assert.Single(CaptureContents.Read(CaptureFiles.Shared("exec-sample.pcap")).Conversations);
        var script = ReplayScript.TryCreate(conversation, null, out _)!.WithAuxPort(51234);

        Assert.Equal(
            ["Send 51234\\0", "AwaitAux", "Send stefis86\\0", "Send my-password\\0uptime\\0", "AwaitEnd Primary", "Close Primary", "AwaitEnd Aux", "Close Aux"],
            ReplayScriptTests.Words(script));
        Assert.Contains(script.Notes, note => note.Contains("5 bytes in place of 4"));
    }
}
