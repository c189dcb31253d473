using System.Net;
using System.Text;
using RexecConformance.Transcripts;

namespace RexecConformance.Tests.Captures.Writing;

/// <summary>Transcripts as the driver could have made them, of any shape: for properties that must hold for all.</summary>
internal static class MadeTranscript
{
    private static readonly string[] s_notes = ["pause 300 ms", "seen: the auxiliary connection", "did not come: 5 bytes on the primary", "not sent, no connection: 3 bytes"];

    /// <summary>One for each seed.</summary>
    public static Transcript Of(int seed)
    {
        var random = new Random(seed);
        var family = random.Next(4) == 0 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        var started = new DateTimeOffset(2026, 11, 21, 7, 0, 0, TimeSpan.Zero).AddTicks(random.NextInt64(1_000_000_000));
        var server = new IPEndPoint(family, random.Next(3) == 0 ? 512 : 40_000 + random.Next(9));
        if (random.Next(12) == 0)
        {
            return new Transcript
            {
                StartedAt = started,
                Events = [],
                Primary = StreamTranscript.NotConnected with { Remote = server },
                Aux = StreamTranscript.NotConnected,
                StepsDoneAt = TimeSpan.Zero,
                UnmetAwaits = [],
                ConnectError = random.Next(2) == 0 ? Transcript.Refused : "no answer within 5 s",
                Duration = TimeSpan.FromTicks(random.Next(1, 50_000_000)),
            };
        }

        bool asks = random.Next(3) > 0;
        bool aux = asks && random.Next(4) > 0;
        int auxPort = 20_000 + random.Next(40_000);
        long clock = random.Next(1, 20_000);
        TimeSpan Later() => TimeSpan.FromTicks(clock += random.Next(4) == 0 ? 0 : random.Next(1, 100_000));
        TimeSpan connected = Later();
        var events = new List<TranscriptEvent>();
        byte[] request = Encoding.Latin1.GetBytes((asks ? $"{auxPort}" : "") + "\0good\0secret\0echo é\0");
        var streams = new Dictionary<StreamName, List<ReceivedChunk>> { [StreamName.Primary] = [], [StreamName.Aux] = [] };
        Sends(random, events, StreamName.Primary, request, Later);
        TimeSpan auxAt = Later();
        var ended = new Dictionary<StreamName, (StreamEnd End, TimeSpan At)>();
        var half = new HashSet<StreamName>();
        for (int i = random.Next(25); i > 0; i--)
        {
            StreamName stream = aux && random.Next(2) == 0 ? StreamName.Aux : StreamName.Primary;
            bool open = !ended.ContainsKey(stream);
            switch (random.Next(8))
            {
                case 0:
                    events.Add(new TranscriptEvent(Later(), random.Next(2) == 0 ? null : stream, null, s_notes[random.Next(s_notes.Length)]));
                    break;
                case 1 when open && half.Add(stream):
                    events.Add(new TranscriptEvent(Later(), stream, null, "half-close"));
                    break;
                case 2 when !half.Contains(stream) && (open || ended[stream].End != StreamEnd.Left):
                    events.Add(new TranscriptEvent(Later(), stream, Bytes(random, random.Next(20) == 0 ? 200_000 : 300), "sent"));
                    break;
                case 3 when open && random.Next(4) == 0:
                    TimeSpan at = Later();
                    ended[stream] = (random.Next(2) == 0 ? StreamEnd.Fin : StreamEnd.Rst, at);
                    break;
                case 4 when open && random.Next(6) == 0:
                    events.Add(new TranscriptEvent(Later(), stream, null, random.Next(2) == 0 ? "close" : "reset"));
                    ended[stream] = (StreamEnd.Left, Later());
                    break;
                case > 4 when open:
                    streams[stream].Add(new ReceivedChunk(Later(), Bytes(random, 16 * 1024)));
                    break;
            }
        }

        TimeSpan steps = Later();
        StreamTranscript Stream(StreamName name, IPEndPoint local, IPEndPoint remote, TimeSpan at)
        {
            (StreamEnd end, TimeSpan endAt) = ended.TryGetValue(name, out var known) ? known : (StreamEnd.Open, Later());
            return new StreamTranscript
            {
                Connected = true,
                Local = local,
                Remote = remote,
                ConnectedAt = at,
                Chunks = streams[name],
                End = end,
                EndAt = endAt,
                Overflow = end == StreamEnd.Open && random.Next(5) == 0,
                Uncertain = end == StreamEnd.Rst && random.Next(3) == 0,
                Bytes = [.. streams[name].SelectMany(chunk => chunk.Bytes)],
            };
        }

        StreamTranscript primary = Stream(StreamName.Primary, new IPEndPoint(family, 61_000 + random.Next(4000)), server, connected);
        StreamTranscript second = aux
            ? Stream(StreamName.Aux, new IPEndPoint(family, auxPort), new IPEndPoint(family, 61_000 + random.Next(4000)), auxAt)
            : StreamTranscript.NotConnected;
        return new Transcript
        {
            StartedAt = started,
            Events = events,
            Primary = primary,
            Aux = second,
            StepsDoneAt = steps,
            UnmetAwaits = random.Next(4) == 0 ? ["5 bytes on the primary did not come within 2 s", "the auxiliary connection did not come within 0.2 s"] : [],
            Fragments = random.Next(9),
            Segments = random.Next(-1, 9),
            SegmentProof = (SegmentProof)random.Next(3),
            Duration = Later(),
        };
    }

    private static void Sends(Random random, List<TranscriptEvent> events, StreamName stream, byte[] bytes, Func<TimeSpan> later)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = random.Next(1, bytes.Length - at + 1);
            events.Add(new TranscriptEvent(later(), stream, bytes[at..(at + length)], "sent"));
            at += length;
        }

        if (random.Next(8) == 0)
        {
            events.Add(new TranscriptEvent(later(), stream, [], "sent"));
        }
    }

    private static byte[] Bytes(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(1, most)];
        random.NextBytes(bytes);
        return bytes;
    }
}
