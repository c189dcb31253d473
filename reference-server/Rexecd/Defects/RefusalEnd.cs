namespace Rexecd;

/// <summary>What a server with <see cref="Defect.LeakedDescriptor"/> or <see cref="Defect.HangsAfterRefusal"/> does after a refused login.</summary>
internal static class RefusalEnd
{
    public static async ValueTask RunAsync(Exchange exchange)
    {
        exchange.Defects.Refused();
        if (exchange.Defects.Has(Defect.HangsAfterRefusal))
        {
            await Hang.UntilLeftAsync(exchange.Connections.Primary, exchange.Options.Time, exchange.Cancel).ConfigureAwait(false);
        }
    }
}
