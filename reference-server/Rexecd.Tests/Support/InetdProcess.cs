using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Posix;

namespace Rexecd.Tests;

/// <summary>The built command with a connection as its descriptors 0, 1 and 2, as inetd starts it.</summary>
internal sealed class InetdProcess : IDisposable
{
    private InetdProcess(int id, Socket client) => (Id, Client) = (id, client);

    public static string Command => Path.Combine(AppContext.BaseDirectory, "rexecd");

    public int Id { get; }

    /// <summary>The client's end of the connection.</summary>
    public Socket Client { get; }

    /// <summary>Starts it for a new connection to this address. Linux only.</summary>
    /// <param name="address">Of both ends.</param>
    /// <param name="request">Sent before the process is started.</param>
    /// <param name="arguments">After <c>--inetd</c>.</param>
    public static InetdProcess Start(IPAddress address, string request, params string[] arguments) =>
        StartCommand(Command, address, request, out _, arguments);

    /// <summary>Starts another build of it.</summary>
    /// <param name="command">Its path.</param>
    /// <param name="address">Of both ends.</param>
    /// <param name="request">Sent before the process is started.</param>
    /// <param name="begin">The clock just before the process was started.</param>
    /// <param name="arguments">After <c>--inetd</c>.</param>
    public static InetdProcess StartCommand(string command, IPAddress address, string request, out long begin, params string[] arguments)
    {
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen(1);
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint!);
        client.Send(ByteText.Bytes(request));
        using Socket accepted = listener.Accept();
        begin = Stopwatch.GetTimestamp();
        return new InetdProcess(Start(command, accepted, arguments), client);
    }

    /// <summary>Starts it with this socket; the caller keeps its own copy.</summary>
    public static int Start(Socket socket, params string[] arguments) => Start(Command, socket, arguments);

    private static int Start(string command, Socket socket, string[] arguments)
    {
        Debug.Assert(OperatingSystem.IsLinux());
        int descriptor = (int)socket.Handle;
        string[] all = [command, "--inetd", .. arguments];
        string[] environment = ["PATH=/usr/bin:/bin", $"DOTNET_ROOT={Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? Root}"];
        return Spawn.Start(new SpawnRequest(
            command, [.. all.Select(SystemText.Bytes)], [.. environment.Select(SystemText.Bytes)], descriptor, descriptor, descriptor));
    }

    /// <summary>All that the server sends, and how it ends.</summary>
    public Reply Read()
    {
        var text = new System.Text.StringBuilder();
        byte[] buffer = new byte[65536];
        Client.ReceiveTimeout = 20000;
        try
        {
            int count;
            while ((count = Client.Receive(buffer)) > 0)
            {
                text.Append(ByteText.Text(buffer.AsSpan(0, count)));
            }

            return new Reply(text.ToString(), "fin");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return new Reply(text.ToString(), "rst");
        }
    }

    /// <summary>Waits for its end and returns its exit code, or minus the signal that ended it.</summary>
    public int Wait() => Wait(Id);

    /// <summary>The same for a process that was started with a socket of the caller's.</summary>
    public static int Wait(int process)
    {
        Debug.Assert(OperatingSystem.IsLinux());
        int status = Processes.WaitForEnd(process);
        return (status & 0x7f) != 0 ? -(status & 0x7f) : status >> 8;
    }

    public void Dispose() => Client.Dispose();

    private static string Root => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
}
