using System.Buffers;

namespace Rexecd.Tests;

/// <summary>Sequences of chosen segments: a parser must not care where its input is split.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Of(params byte[][] parts)
    {
        var first = new Part(parts[0], 0);
        Part last = first;
        foreach (byte[] part in parts[1..])
        {
            last = last.Append(part);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> OneByteEach(byte[] bytes) => Of([.. bytes.Select(b => new[] { b })]);

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(byte[] bytes, long index) => (Memory, RunningIndex) = (bytes, index);

        public Part Append(byte[] bytes)
        {
            var next = new Part(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
