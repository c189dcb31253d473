using System.Net;

namespace Rexecd;

/// <summary>The client of one session in memory, as the session sees it.</summary>
internal sealed class MemoryClient(VirtualTime time, MemoryConnection primary, MemoryAux port, Action answers) : IClient
{
    /// <summary>Ports from here on are those of clients' own connections.</summary>
    private const int OwnPort = 50_000;

    private static readonly IPEndPoint Address = new(IPAddress.Loopback, OwnPort);
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(127); // Six repeats of the SYN, as Linux has it.

    private readonly TimeSpan _begin = time.Now;

    public IConnection Primary => primary;

    /// <summary>The connection that the server made, whether or not the client has accepted it.</summary>
    public MemoryConnection? Aux { get; private set; }

    /// <summary>The client has that connection.</summary>
    public bool Accepted { get; private set; }

    /// <summary>When it got it.</summary>
    public TimeSpan AcceptedAt { get; private set; }

    /// <summary>The server has connected more than once.</summary>
    public bool Twice { get; private set; }

    public IPEndPoint Accept() => Address;

    public async ValueTask<IConnection?> ConnectAsync(IPEndPoint to, CancellationToken cancel)
    {
        if (to.Port != port.Port || port.Mode == MemoryAuxMode.Refuse)
        {
            return null;
        }

        if (port.Mode == MemoryAuxMode.Unanswered)
        {
            try
            {
                await Delay.WaitAsync(Unanswered, time, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // As a connect that is given up: there is no connection.
            }

            return null;
        }

        Twice |= Aux is not null;
        Aux = new MemoryConnection(time, answers);
        TimeSpan at = _begin + port.After;
        if (port.Mode == MemoryAuxMode.Reset)
        {
            Take();
            Aux.Leave(reset: true);
        }
        else if (port.Mode == MemoryAuxMode.Accept && at <= time.Now)
        {
            Take();
        }
        else if (port.Mode == MemoryAuxMode.Accept)
        {
            _ = time.CreateTimer(_ => Take(), null, at - time.Now, Timeout.InfiniteTimeSpan);
        }

        return Aux;
    }

    private void Take()
    {
        Accepted = true;
        AcceptedAt = time.Now;
    }
}
