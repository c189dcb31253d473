namespace Rexecd;

/// <summary>Before step 1: the name of the client's address, in dialects that want one (facts 2.11).</summary>
internal static class PeerStep
{
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

    private static async ValueTask<bool> HasNameAsync(Exchange exchange) =>
        !exchange.Options.Faults.Contains(Fault.NoReverseName)
        && (exchange.Options.PeerHasName is not { } ask || await ask(exchange.Connections.Client.Address, exchange.Cancel).ConfigureAwait(false));
}
