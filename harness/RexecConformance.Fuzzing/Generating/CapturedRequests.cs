using RexecConformance.Captures;

namespace RexecConformance.Fuzzing.Generating;

/// <summary>What captured clients sent, for <see cref="GeneratorWorld.Conversations"/>.</summary>
public static class CapturedRequests
{
    /// <summary>A longer conversation is cut here, bytes.</summary>
    private const int Longest = 4096;

    /// <summary>Reads all captures below a folder, by name; a file that is no capture is passed over.</summary>
    /// <param name="folder">The suite's <c>pcaps/</c>; one that is not there has none.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<byte[]> Read(string folder)
    {
        var requests = new List<byte[]>();
        if (!Directory.Exists(folder))
        {
            return requests;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                requests.AddRange(CaptureContents.Read(file).Conversations
                    .Select(conversation => conversation.Primary.FromInitiator)
                    .Where(client => client is { StartKnown: true, Prefix.Length: > 0 })
                    .Select(client => client.Prefix[..Math.Min(client.Prefix.Length, Longest)].ToArray()));
            }
            catch (CaptureFormatException)
            {
                // A capture that the suite can't read is another test's business.
            }
        }

        return requests;
    }
}
