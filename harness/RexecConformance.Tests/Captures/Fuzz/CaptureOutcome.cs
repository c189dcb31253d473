using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using RexecConformance.Captures;
using RexecConformance.Captures.Gzip;
using RexecConformance.Captures.Packets;

namespace RexecConformance.Tests.Captures.Fuzz;

/// <summary>What the whole reading made of an input: inputs with the same signature took, as far as can be seen from outside, the same way.</summary>
internal static partial class CaptureOutcome
{
    /// <summary>No input may have more bytes allocated than this, and <see cref="AllocatedPerByte"/> for each byte of it (unpacked).</summary>
    public const long AllocatedAtAll = 16 * 1024 * 1024;

    /// <summary>A record of 16 bytes may become a packet, a connection and its state.</summary>
    public const long AllocatedPerByte = 256;

    /// <summary>Reads the input; any exception but the one for files that are no captures is passed on.</summary>
    public static string Read(byte[] input)
    {
        try
        {
            var contents = CaptureContents.Read(new MemoryStream(input));
            var text = new StringBuilder(contents.Format).Append('|').Append(Kind(contents.Fault?.Message ?? ""));
            foreach (var outcome in Enum.GetValues<PacketOutcome>())
            {
                text.Append('|').Append(Bucket(contents.Counts[outcome]));
            }

            foreach (var count in new[] { contents.Counts.FragmentsUsed, contents.Counts.IncompleteDatagrams, contents.Counts.Cut, contents.Connections.Count, contents.Conversations.Count })
            {
                text.Append('|').Append(Bucket(count));
            }

            return text.Append('|').Append(string.Join(';', contents.Warnings.Select(Kind))).ToString();
        }
        catch (CaptureFormatException e)
        {
            return Kind(e.Message);
        }
    }

    /// <summary>Bytes that there are to read: more than the input has where it is packed.</summary>
    public static long Unpacked(byte[] input)
    {
        if (!GunzipStream.Begins(input))
        {
            return input.Length;
        }

        using var stream = new GunzipStream(new CaptureBuffer(new MemoryStream(input)));
        var buffer = new byte[65_536];
        long length = 0;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            length += read;
        }

        return input.Length + length;
    }

    // Numbers differ with each input, and say nothing about the way that it took.
    private static string Kind(string message) => Numbers().Replace(message, "N");

    private static int Bucket(int count) => 32 - BitOperations.LeadingZeroCount((uint)count);

    [GeneratedRegex("[0-9a-f]*[0-9][0-9a-f]*")]
    private static partial Regex Numbers();
}
