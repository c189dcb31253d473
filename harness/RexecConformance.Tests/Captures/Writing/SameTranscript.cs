using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Captures.Writing;

/// <summary>Two transcripts are the same in all that a capture carries, which is everything.</summary>
internal static class SameTranscript
{
    public static void Check(Transcript expected, Transcript actual)
    {
        Assert.Equal(expected.StartedAt, actual.StartedAt);
        Assert.Equal(expected.Events.Select(Text), actual.Events.Select(Text));
        Check(expected.Primary, actual.Primary);
        Check(expected.Aux, actual.Aux);
        Assert.Equal(expected.StepsDoneAt, actual.StepsDoneAt);
        Assert.Equal(expected.UnmetAwaits, actual.UnmetAwaits);
        Assert.Equal(expected.ConnectError, actual.ConnectError);
        Assert.Equal((expected.Fragments, expected.Segments, expected.SegmentProof), (actual.Fragments, actual.Segments, actual.SegmentProof));
        Assert.Equal(expected.Duration, actual.Duration);
    }

    private static void Check(StreamTranscript expected, StreamTranscript actual)
    {
        Assert.Equal(expected.Connected, actual.Connected);
        Assert.Equal((expected.Local, expected.Remote), (actual.Local, actual.Remote));
        Assert.Equal(expected.ConnectedAt, actual.ConnectedAt);
        Assert.Equal(expected.Chunks.Select(Text), actual.Chunks.Select(Text));
        Assert.Equal((expected.End, expected.EndAt), (actual.End, actual.EndAt));
        Assert.Equal((expected.Overflow, expected.Uncertain), (actual.Overflow, actual.Uncertain));
        Assert.Equal(expected.Bytes, actual.Bytes);
    }

    private static string Text(TranscriptEvent one) =>
        $"{one.At.Ticks} {one.Stream} {(one.Sent is null ? "-" : Convert.ToHexString(one.Sent))} {one.Text}";

    private static string Text(ReceivedChunk one) => $"{one.At.Ticks} {Convert.ToHexString(one.Bytes)}";
}
