using System.Net.Sockets;

namespace Rexecd;

/// <summary>The relay's reading half: each byte of the client on the auxiliary connection is a signal (facts 2.8).</summary>
internal sealed class SignalReader
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    /// <param name="aux">The connection that is read.</param>
    /// <param name="deliver">Receives each byte.</param>
    /// <param name="atInput">Called after the first bytes, and at the client's half-close; null for relays that do not mind.</param>
    public SignalReader(IConnection aux, Action<sbyte> deliver, Action? atInput = null) => _reading = ReadAsync(aux, deliver, atInput);

    /// <summary>Ends the reading and waits for it, since a connection with a pending receive must not be closed.</summary>
    public async ValueTask StopAsync()
    {
        _stop.Cancel(); // Not CancelAsync: where the connection is in memory, all of a session happens on one thread.
        await _reading.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>
    /// The end of stderr: the relay shuts the connection down both ways and then reads what is left of it, so that
    /// signals that nobody waits for do not turn the end into a reset.
    /// </summary>
    public static void End(IConnection aux)
    {
        try
        {
            aux.Shutdown();
            aux.Discard();
        }
        catch (SocketException)
        {
            // The client has reset it.
        }

        aux.Dispose();
    }

    /// <summary>The end of a relay that waits for its client: signals go nowhere now, and the connection stays until the client closes it.</summary>
    public static async Task UntilClosedAsync(IConnection aux, CancellationToken cancel)
    {
        byte[] rest = new byte[256];
        try
        {
            while (await aux.ReceiveAsync(rest, cancel).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The client has reset it.
        }

        aux.Dispose();
    }

    private async Task ReadAsync(IConnection aux, Action<sbyte> deliver, Action? atInput)
    {
        byte[] signals = new byte[64];
        try
        {
            int count;
            do
            {
                count = await aux.ReceiveAsync(signals, _stop.Token).ConfigureAwait(false);
                foreach (byte signal in signals.AsSpan(0, count))
                {
                    deliver((sbyte)signal);
                }

                atInput?.Invoke();
            }
            while (count > 0);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Stopped, or no more signals from this client; stderr goes on either way.
        }
    }
}
