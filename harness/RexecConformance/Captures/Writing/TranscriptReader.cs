using System.Globalization;
using System.Net;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;
using RexecConformance.Transcripts;

namespace RexecConformance.Captures.Writing;

/// <summary>Reads back what <see cref="TranscriptCapture"/> wrote: bytes, cuts, ends, times and addresses from the packets, the rest from their comments.</summary>
public static class TranscriptReader
{
    /// <summary>The transcripts of a file, by number.</summary>
    /// <exception cref="CaptureFormatException">Not a capture, or one that holds no transcript.</exception>
    public static IReadOnlyList<Transcript> Read(string path)
    {
        List<Note> notes = ReadNotes(path, out HashSet<int> ports);
        Dictionary<int, int> firsts = notes.Where(note => note.Word == TranscriptNotes.Transcript).ToDictionary(note => note.Frame, note => note.Exchange);
        if (firsts.Count == 0)
        {
            throw new CaptureFormatException("no transcript in this capture: it was not written by --capture");
        }

        var conversations = new SortedDictionary<int, Conversation>();
        foreach (int port in ports)
        {
            foreach (Conversation conversation in CaptureContents.Read(path, port).Conversations)
            {
                if (firsts.TryGetValue(conversation.Primary.Start.Frame, out int number))
                {
                    conversations[number] = conversation;
                }
            }
        }

        try
        {
            return [.. conversations.Select(one => Of(one.Value, [.. notes.Where(note => note.Exchange == one.Key)]))];
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new CaptureFormatException($"a comment of this capture was changed: {e.Message}");
        }
    }

    // The ports of the servers too: requests that were cut short have no shape to be found by.
    private static List<Note> ReadNotes(string path, out HashSet<int> ports)
    {
        var notes = new List<Note>();
        ports = [];
        var decoder = new PacketDecoder();
        using FileStream file = File.OpenRead(path);
        using CaptureReader reader = CaptureReader.Open(file);
        while (reader.TryRead(out CapturedPacket packet))
        {
            foreach (string comment in packet.Comments())
            {
                if (!TranscriptNotes.TryRead(comment, out int exchange, out string word, out string text))
                {
                    continue;
                }

                notes.Add(new Note(packet.Number, exchange, word, text));
                if (word == TranscriptNotes.Transcript && decoder.Decode(packet, out TcpSegment segment) == PacketOutcome.Tcp)
                {
                    _ = ports.Add(segment.Destination.Port);
                }
            }
        }

        return notes;
    }

    private static Transcript Of(Conversation conversation, List<Note> notes)
    {
        HashSet<int> parts = [.. notes.Where(note => note.Word == TranscriptNotes.Part).Select(note => note.Frame)];
        long start = conversation.Primary.Start.Nanoseconds;
        bool localKnown = notes.All(note => note.Word != TranscriptNotes.NoLocal);
        Dictionary<string, string> done = notes.Single(note => note.Word == TranscriptNotes.Done).Text.Split(' ')
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return new Transcript
        {
            StartedAt = DateTimeOffset.UnixEpoch.AddTicks(start / TimeSpan.NanosecondsPerTick),
            Events = Events(conversation, notes, parts, start),
            Primary = Stream(conversation, StreamName.Primary, notes, parts, start, localKnown),
            Aux = Stream(conversation, StreamName.Aux, notes, parts, start, localKnown: true),
            StepsDoneAt = TranscriptNotes.ReadTime(done["steps"]),
            Duration = TranscriptNotes.ReadTime(done["duration"]),
            Fragments = int.Parse(done["fragments"], CultureInfo.InvariantCulture),
            Segments = int.Parse(done["segments"], CultureInfo.InvariantCulture),
            SegmentProof = Enum.Parse<SegmentProof>(done["proof"], ignoreCase: true),
            UnmetAwaits = [.. notes.Where(note => note.Word == TranscriptNotes.Unmet).Select(note => note.Text)],
            ConnectError = notes.Where(note => note.Word == TranscriptNotes.Error).Select(note => note.Text).FirstOrDefault(),
        };
    }

    /// <summary>What the client did: the notes on a packet tell what came before it.</summary>
    private static List<TranscriptEvent> Events(Conversation conversation, List<Note> notes, HashSet<int> parts, long start)
    {
        var all = new List<(int Frame, int Order, TranscriptEvent Event)>();
        all.AddRange(notes.Where(note => note.Word == TranscriptNotes.Did).Select(note => (note.Frame, 0, TranscriptNotes.ReadEvent(note.Text))));
        all.AddRange(notes.Where(note => note.Word == TranscriptNotes.Then).Select(note => (int.MaxValue, 0, TranscriptNotes.ReadEvent(note.Text))));
        foreach (StreamName stream in Enum.GetValues<StreamName>())
        {
            all.AddRange(Sends(conversation.Sent(Side.Client, stream), parts)
                .Select(send => (send.Mark.Frame, 1, new TranscriptEvent(Since(start, send.Mark), stream, send.Bytes, TranscriptCapture.Sent))));
        }

        return [.. all.OrderBy(one => one.Frame).ThenBy(one => one.Order).Select(one => one.Event)];
    }

    private static StreamTranscript Stream(Conversation conversation, StreamName stream, List<Note> notes, HashSet<int> parts, long start, bool localKnown)
    {
        if (conversation.Connection(stream) is not { } connection)
        {
            return StreamTranscript.NotConnected;
        }

        bool isPrimary = stream == StreamName.Primary;
        IPEndPoint? local = localKnown ? EndPoint(isPrimary ? connection.Initiator : connection.Responder) : null;
        IPEndPoint remote = EndPoint(isPrimary ? connection.Responder : connection.Initiator);
        if (connection.Established is not { } established)
        {
            return StreamTranscript.NotConnected with { Local = local, Remote = remote };
        }

        TcpDirection server = conversation.Sent(Side.Server, stream)!;
        string[] said = notes.Where(note => note.Word == TranscriptNotes.End).Select(note => note.Text.Split(' '))
            .Single(words => TranscriptNotes.ReadName(words[1]) == stream);
        bool seen = server.EndMark is not null;
        return new StreamTranscript
        {
            Connected = true,
            Local = local,
            Remote = remote,
            ConnectedAt = Since(start, established),
            Chunks = [.. Sends(server, parts).Select(chunk => new ReceivedChunk(Since(start, chunk.Mark), chunk.Bytes))],
            End = seen ? server.End == EndOfStream.Fin ? StreamEnd.Fin : StreamEnd.Rst : Enum.Parse<StreamEnd>(said[2], ignoreCase: true),
            EndAt = seen ? Since(start, server.EndMark!.Value) : TranscriptNotes.ReadTime(said[0]),
            Overflow = said.Contains("overflow"),
            Uncertain = said.Contains("uncertain"),
            Bytes = server.KnownBytes(),
        };
    }

    /// <summary>What was sent or received at once: packets marked as part belong to the next.</summary>
    private static IEnumerable<(CaptureMark Mark, byte[] Bytes)> Sends(TcpDirection? direction, HashSet<int> parts)
    {
        var bytes = new List<byte>();
        CaptureMark? first = null;
        foreach (StreamPiece piece in direction?.Pieces ?? [])
        {
            first ??= piece.Mark;
            bytes.AddRange(piece.Bytes.Span);
            if (!parts.Contains(piece.Mark.Frame))
            {
                yield return (first.Value, [.. bytes]);
                bytes.Clear();
                first = null;
            }
        }
    }

    private static IPEndPoint EndPoint(HostPort end) => new(IPAddress.Parse(end.Host.ToString()), end.Port);

    private static TimeSpan Since(long start, CaptureMark mark) => TimeSpan.FromTicks((mark.Nanoseconds - start) / TimeSpan.NanosecondsPerTick);

    private sealed record Note(int Frame, int Exchange, string Word, string Text);
}
