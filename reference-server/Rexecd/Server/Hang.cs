namespace Rexecd;

/// <summary>A server that hangs: it reads whatever comes and never says anything (Interix, when an aux port is given).</summary>
internal static class Hang
{
    // A half-close does not free a hung server, and TCP can't tell it from a close until the client resets.
    private static readonly TimeSpan LongestAfterHalfClose = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns when the client has reset the connection, or a minute after it has closed or half-closed it.</summary>
    public static async Task UntilLeftAsync(IConnection primary, TimeProvider time, CancellationToken cancel)
    {
        byte[] buffer = new byte[4096];
        while (await primary.ReceiveAsync(buffer, cancel).ConfigureAwait(false) > 0)
        {
        }

        long since = time.GetTimestamp();
        while (!primary.Failed && time.GetElapsedTime(since) < LongestAfterHalfClose)
        {
            await Delay.WaitAsync(LookEvery, time, cancel).ConfigureAwait(false);
        }
    }
}
