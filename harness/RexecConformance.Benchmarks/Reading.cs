using System.Diagnostics;
using RexecConformance.Captures;
using RexecConformance.Captures.Packets;
using RexecConformance.Captures.Tcp;

namespace RexecConformance.Benchmarks;

/// <summary>Reads one warm file again and again, in three depths, on one core.</summary>
internal static class Reading
{
    /// <summary>Seconds of the best of several runs.</summary>
    public static double Best(int runs, Func<long> read)
    {
        var best = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            var begin = Stopwatch.GetTimestamp();
            _ = read();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return best;
    }

    /// <summary>Records of the file format only.</summary>
    /// <returns>Packets.</returns>
    public static long Records(string path)
    {
        using var file = Open(path);
        using var reader = CaptureReader.Open(file);
        long count = 0;
        while (reader.TryRead(out var packet))
        {
            count += packet.Data.IsEmpty ? 0 : 1;
        }

        return count;
    }

    /// <summary>Every byte of every TCP stream, put into its place in memory, whatever it belongs to. What has ended makes room.</summary>
    /// <returns>Bytes of all streams.</returns>
    public static long Reassembly(string path)
    {
        using var file = Open(path);
        using var reader = CaptureReader.Open(file);
        var streams = new TcpStreams(new KeepLimits { PerDirection = 64 << 20, Total = 1 << 30, Connections = 1 << 20 });
        var decoder = new PacketDecoder();
        long bytes = 0;
        while (reader.TryRead(out var packet))
        {
            if (decoder.Decode(packet, out var segment) != PacketOutcome.Tcp)
            {
                continue;
            }

            var connection = streams.Add(segment, new CaptureMark(packet.Number, packet.Nanoseconds), out _, out _);
            if (connection.Over)
            {
                bytes += InMemory(connection.FromInitiator) + InMemory(connection.FromResponder);
                streams.Bury(connection);
            }
        }

        return bytes;
    }

    private static long InMemory(TcpDirection direction) =>
        direction.KeptWhole ? direction.Pieces.Sum(piece => (long)piece.Bytes.Length) : throw new InvalidOperationException("a stream was not kept whole");

    /// <summary>What <c>capture show</c> does before it prints: reassembly, and the conversations.</summary>
    /// <returns>Bytes that the servers sent in all conversations.</returns>
    public static long Conversations(string path)
    {
        using var file = Open(path);
        using var reader = CaptureReader.Open(file);
        long bytes = 0;
        var tracker = new ConversationTracker(null, conversation => bytes += conversation.Primary.FromResponder.Length);
        while (reader.TryRead(out var packet))
        {
            tracker.Add(packet);
        }

        tracker.Finish();
        return bytes;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
}
