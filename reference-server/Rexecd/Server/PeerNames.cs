using System.Net;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>The names of clients' addresses (facts 2.11).</summary>
public static class PeerNames
{
    // A resolver without an answer takes 5 s for each of its name servers, and one thread of the pool.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly SemaphoreSlim AtOnce = new(32);

    /// <summary>
    /// Whether the system's resolver knows a name of this address. No answer within 20 s, with at most 32 questions at a time, is none.
    /// </summary>
    public static async ValueTask<bool> SystemAsync(IPAddress address, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        try
        {
            await AtOnce.WaitAsync(limit.Token).ConfigureAwait(false);
            return await AskAsync(address).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A look-up can't be broken off: its place is free again when it ends, whether or not anybody waits for it.</summary>
    private static async Task<bool> AskAsync(IPAddress address)
    {
        try
        {
            IPHostEntry entry = await Dns.GetHostEntryAsync(address).ConfigureAwait(false);
            return entry.HostName.Length > 0 && !IPAddress.TryParse(entry.HostName, out _);
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            AtOnce.Release();
        }
    }
}
