namespace Rexecd;

/// <summary>Before step 1: the name of the client's address, in dialects that want one (facts 2.11).</summary>
internal static class PeerStep
{
    private static readonly TimeSpan LongestFault = TimeSpan.FromMilliseconds(200);

    /// <summary>True if the session goes on.</summary>
    public static async ValueTask<bool> RunAsync(Exchange exchange)
    {
        if (exchange.Dialect.PeerName == PeerName.Unneeded || await HasNameAsync(exchange).ConfigureAwait(false))
        {
            return true;
        }

        exchange.Log.NoPeerName();
        await exchange.Replies.DiagnosticAsync(exchange.Dialect.PeerNoName, exchange.Dialect.DiagnosticStream).ConfigureAwait(false);
        return false;
    }

    private static async ValueTask<bool> HasNameAsync(Exchange exchange)
    {
        if (exchange.Options.Faults.Contains(Fault.NoReverseName))
        {
            await WhenAskedAsync(exchange).ConfigureAwait(false);
            return false;
        }

        return exchange.Options.PeerHasName is not { } ask || await ask(exchange.Connections.Client.Address, exchange.Cancel).ConfigureAwait(false);
    }

    /// <summary>
    /// A look-up that fails takes its time, so that the request of a client that does not wait is there at the end of it,
    /// and makes the close a reset (facts 3.8).
    /// </summary>
    private static async ValueTask WhenAskedAsync(Exchange exchange)
    {
        using var longest = new CancellationTokenSource(LongestFault, exchange.Options.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(exchange.Cancel, longest.Token);
        try
        {
            _ = await exchange.Connections.Primary.PeekAsync(new byte[1], limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!exchange.Cancel.IsCancellationRequested)
        {
            // A client that waits.
        }
    }
}
