using System.Net;
using System.Net.Sockets;

namespace Rexecd;

/// <summary>A client that has connected.</summary>
internal interface IClient
{
    /// <summary>The connection that it made.</summary>
    IConnection Primary { get; }

    /// <summary>Makes the primary connection ready, and says whose it is.</summary>
    /// <exception cref="SocketException">The client has left.</exception>
    IPEndPoint Accept();

    /// <summary>One connect to a port of the client, from a port that the system chooses; null if there is no connection.</summary>
    ValueTask<IConnection?> ConnectAsync(IPEndPoint to, CancellationToken cancel);
}
