namespace Rexecd;

/// <summary><see cref="Defect.EchoedRest"/>: what has come after the request goes back to the client.</summary>
internal static class EchoedRest
{
    public static async ValueTask RunAsync(Exchange exchange)
    {
        if (!exchange.Defects.Has(Defect.EchoedRest))
        {
            return;
        }

        IConnection primary = exchange.Connections.Primary;
        byte[] buffer = new byte[4096];
        while (primary.Available > 0)
        {
            int count = await primary.ReceiveAsync(buffer, exchange.Cancel).ConfigureAwait(false);
            await primary.SendAsync(buffer.AsMemory(0, count), exchange.Cancel).ConfigureAwait(false);
        }
    }
}
