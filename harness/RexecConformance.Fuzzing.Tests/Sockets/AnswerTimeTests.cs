using RexecConformance.Fuzzing.Sockets;
using RexecConformance.Transcripts;

namespace RexecConformance.Fuzzing.Tests.Sockets;

/// <summary>How much of a request a server had when it answered is told only where the client paused.</summary>
[Trait("needs", "nothing")]
public sealed class AnswerTimeTests
{
    [Theory]
    [InlineData(new[] { 0, 50 }, 30, 4)]   // in the pause: after the first segment
    [InlineData(new[] { 0, 50 }, 70, 8)]   // after all
    [InlineData(new[] { 0, 1 }, 30, null)] // no pause: nobody can tell
    [InlineData(new[] { 0, 1, 60 }, 30, 8)]
    [InlineData(new[] { 0, 60, 61 }, 59, 4)]
    [InlineData(new[] { 0, 60 }, 60, 8)]      // as the second was handed over: no sooner than that
    [InlineData(new[] { 0, 60, 61 }, 60, null)]
    [InlineData(new[] { 40, 41, 100 }, 20, null)] // before the first byte, and no pause before it
    [InlineData(new[] { 0, 50 }, null, null)]
    public void The_count_is_of_the_bytes_before_the_answer(int[] sentAt, int? answeredAt, int? expected)
    {
        var transcript = new Transcript
        {
            Events = [.. sentAt.Select(at => new TranscriptEvent(TimeSpan.FromMilliseconds(at), StreamName.Primary, [1, 2, 3, 4], "sent"))],
            Primary = StreamTranscript.NotConnected with
            {
                Connected = true,
                Chunks = answeredAt is { } at ? [new ReceivedChunk(TimeSpan.FromMilliseconds(at), [0])] : [],
            },
            Aux = StreamTranscript.NotConnected,
            StepsDoneAt = TimeSpan.Zero,
            UnmetAwaits = [],
            Duration = TimeSpan.FromMilliseconds(100),
        };
        Assert.Equal(expected, AnswerTime.Of(transcript));
    }
}
