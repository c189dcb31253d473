using System.Net;
using System.Net.Sockets;
using RexecConformance.Scenarios;

namespace RexecConformance.Wire;

/// <summary>A port of the client for the auxiliary connection, lent to one exchange.</summary>
internal sealed class AuxListener : IDisposable
{
    /// <summary>An unanswered connect to this host's own address: the backlog is full.</summary>
    private static readonly TimeSpan s_unanswered = TimeSpan.FromMilliseconds(100);

    private readonly AuxListenerPool? _pool;
    private readonly List<Socket> _fillers = [];

    private AuxListener(Socket socket, AuxBehaviour behaviour, AuxListenerPool? pool)
    {
        Socket = socket;
        Behaviour = behaviour;
        _pool = pool;
    }

    /// <summary>The bound socket.</summary>
    public Socket Socket { get; }

    /// <summary>What is done with a connection.</summary>
    public AuxBehaviour Behaviour { get; }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)Socket.LocalEndPoint!).Port;

    /// <summary>True once a connection has been accepted: nothing of this exchange can arrive later.</summary>
    public bool Accepted { get; set; }

    /// <summary>A listening port that goes back to its pool.</summary>
    public static AuxListener Pooled(Socket socket, AuxBehaviour behaviour, AuxListenerPool pool) => new(socket, behaviour, pool);

    /// <summary>A port for one exchange only.</summary>
    /// <exception cref="SocketException">No port could be bound.</exception>
    public static async ValueTask<AuxListener> SingleAsync(IPAddress address, AuxBehaviour behaviour, CancellationToken cancel)
    {
        if (behaviour.Mode == AuxMode.Privileged)
        {
            return new AuxListener(PrivilegedPort.Listen(address), behaviour, null);
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            var listener = new AuxListener(socket, behaviour, null);
            if (behaviour.Mode == AuxMode.BacklogFull)
            {
                await listener.FillBacklogAsync(cancel);
            }
            else if (behaviour.Mode != AuxMode.Refuse)
            {
                socket.Listen(4);
            }

            return listener;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fillers.ForEach(filler => filler.Dispose());

        // A port that was never connected to may still get the late connection of a slow server: it is not lent again.
        if (_pool is null || !Accepted || !_pool.TakeBack(Socket))
        {
            Socket.Dispose();
        }
    }

    private async Task FillBacklogAsync(CancellationToken cancel)
    {
        Socket.Listen(0);
        for (int i = 0; i < 8; i++)
        {
            var filler = new Socket(Socket.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fillers.Add(filler);
            try
            {
                filler.Connect(Socket.LocalEndPoint!);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                if (Answered(filler))
                {
                    continue;
                }

                await Task.Delay(s_unanswered, cancel);
                if (!Answered(filler))
                {
                    return;
                }
            }
        }
    }

    private static bool Answered(Socket filler) => filler.Poll(0, SelectMode.SelectWrite);
}
