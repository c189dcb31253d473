namespace Rexecd;

/// <summary>Step 2: the auxiliary connection, when its time in the dialect has come.</summary>
internal static class AuxStep
{
    private const int FirstUnreservedPort = 1024;

    /// <summary>True if the session goes on: connected, or no port was given, or it is not the time; a failed connect ends it without a word.</summary>
    public static async ValueTask<bool> RunAsync(Exchange exchange, AuxConnect when)
    {
        ushort port = exchange.Request.Port;
        if (exchange.Dialect.AuxConnect != when || port == 0)
        {
            return true;
        }

        if (port < FirstUnreservedPort && exchange.Dialect.AuxLowPort == Admission.Refused)
        {
            exchange.Log.AuxFailed(port, "reserved-port");
            return false;
        }

        // A port that this server may not connect to answers like one that nobody listens on (facts 2.4).
        if (exchange.Options.AuxPorts is { } allowed && !allowed.Contains(port))
        {
            exchange.Log.AuxFailed(port, "not-allowed");
            return false;
        }

        exchange.Clock.Connect();
        if (await exchange.Connections.ConnectAuxAsync(port, exchange.Cancel).ConfigureAwait(false))
        {
            exchange.Clock.StepEnds();
            exchange.Log.AuxConnected(port);
            return true;
        }

        exchange.Log.AuxFailed(port, "no-connection");
        return false;
    }
}
