using System.Diagnostics;
using RexecConformance.Captures;
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

    /// <summary>Every byte of every TCP stream, put into its place in memory, whatever it belongs to.</summary>
    /// <returns>Bytes of all streams.</returns>
    public static long Reassembly(string path)
    {
        using var file = Open(path);
        using var reader = CaptureReader.Open(file);
        var tracker = new ConversationTracker(null, _ => { }, KeepLimits.Everything);
        while (reader.TryRead(out var packet))
        {
            tracker.Add(packet);
        }

        return tracker.Connections.Sum(one => one.FromInitiator.Length + one.FromResponder.Length);
    }

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
