using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Rexecd.Tests;

/// <summary>The auxiliary connection goes to the address that the primary came from, and nowhere else.</summary>
public class AuxAddressTests
{
    private const string Request = "\0good\0secret\0echo out; echo err >&2\0";

    [SkippableTheory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.2")]
    [InlineData("127.0.0.2", "127.0.0.2", "127.0.0.1")]
    [InlineData("::1", "::1", "::ffff:127.0.0.1")]
    public void Goes_to_the_peer_and_not_to_another_address_of_its_host(string client, string listening, string other)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: all of 127.0.0.0/8 is there");
        using Socket expected = Listen(IPAddress.Parse(listening), 0, dual: false);
        using Socket wrong = Listen(IPAddress.Parse(other), Port(expected), dual: true);
        Exchange(IPAddress.Parse(client), expected, dualStack: false);
        Assert.False(wrong.Poll(0, SelectMode.SelectRead));
    }

    [SkippableFact]
    public void Goes_to_an_ipv4_client_of_a_dual_stack_listener()
    {
        Needs.Linux();
        using Socket expected = Listen(IPAddress.Loopback, 0, dual: false);
        Exchange(IPAddress.Loopback, expected, dualStack: true);
    }

    [SkippableFact]
    public void Goes_to_a_link_local_client_on_its_link()
    {
        Needs.Root();
        Skip.IfNot(Network.HasTool, "needs ip (Debian: iproute2)");
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                // The namespace is this thread's and that of what it starts; it goes when both have ended.
                Network.OfItsOwn();
                Network.Run("ip", "link", "set", "lo", "up");
                Network.Run("ip", "addr", "add", "fe80::1/64", "dev", "lo", "nodad");
                IPAddress linkLocal = IPAddress.Parse("fe80::1%1");
                using Socket expected = Listen(linkLocal, 0, dual: false);
                Exchange(linkLocal, expected, dualStack: false);
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static void Exchange(IPAddress address, Socket auxListener, bool dualStack)
    {
        using Socket listener = Listen(dualStack ? IPAddress.IPv6Any : address, 0, dualStack);
        using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20000 };
        client.Bind(new IPEndPoint(address, 0));
        client.Connect(new IPEndPoint(address, Port(listener)));
        client.Send(ByteText.Bytes(Port(auxListener) + Request));
        int process;
        using var log = new TemporaryFile("");
        using (Socket accepted = listener.Accept())
        {
            Assert.Equal(dualStack, ((IPEndPoint)accepted.RemoteEndPoint!).Address.IsIPv4MappedToIPv6);

            // A link-local address is not loopback.
            process = InetdProcess.Start(accepted, "--allow-remote", "--log", log.Path);
        }

        byte[] buffer = new byte[64];
        Assert.Equal(1, client.Receive(buffer, 1, SocketFlags.None));
        using Socket aux = auxListener.Accept();
        Assert.Equal("err\n", ByteText.Text(buffer.AsSpan(0, aux.Receive(buffer))));
        Assert.Equal(0, InetdProcess.Wait(process));
        Assert.Contains($" peer={client.LocalEndPoint}\n", File.ReadAllText(log.Path));
    }

    private static Socket Listen(IPAddress address, int port, bool dual)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (dual && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            listener.DualMode = true;
        }

        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(4);
        return listener;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>A network namespace for the calling thread.</summary>
    private static class Network
    {
        private const int NewNetwork = 0x40000000; // CLONE_NEWNET

        public static bool HasTool => File.Exists("/usr/sbin/ip") || File.Exists("/sbin/ip");

        public static void OfItsOwn() => Assert.Equal(0, unshare(NewNetwork));

        public static void Run(string program, params string[] arguments)
        {
            using var process = System.Diagnostics.Process.Start(program, arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        [DllImport("libc")]
        private static extern int unshare(int flags);
    }
}
