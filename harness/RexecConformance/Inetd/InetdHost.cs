using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using RexecConformance.Accounts;

namespace RexecConformance.Inetd;

/// <summary>
/// A real rexec daemon of this host on loopback ports (the target <c>inetd:PATH [ARGS]</c>): started for each connection
/// as inetd would, in a mount namespace with the suite's accounts. The host is not changed.
/// </summary>
public sealed class InetdHost : IAsyncDisposable
{
    // As many as the kernel allows (somaxconn, often 4096): a fuzz run opens hundreds at once.
    private const int Backlog = 4096;
    private readonly InetdLoop _loop;
    private readonly DaemonNamespace _space;
    private int _disposed;

    private InetdHost(string path, IReadOnlyList<string> arguments, InetdLoop loop, DaemonNamespace space, IPEndPoint ipv4, IPEndPoint? ipv6)
    {
        Path = path;
        Arguments = arguments;
        _loop = loop;
        _space = space;
        IPv4EndPoint = ipv4;
        IPv6EndPoint = ipv6;
    }

    /// <summary>The daemon.</summary>
    public string Path { get; }

    /// <summary>Its arguments, argv[0] not included (that is <see cref="Path"/>, as with Debian's inetd.conf lines).</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Where it is reached: 127.0.0.1 and a free port.</summary>
    public IPEndPoint IPv4EndPoint { get; }

    /// <summary>The same on ::1 (another port), or null if this host has no IPv6 loopback.</summary>
    public IPEndPoint? IPv6EndPoint { get; }

    /// <summary>
    /// One line for each daemon process that a crash signal ended, or that could not be started. A process may end a
    /// moment after its connection; after <see cref="DisposeAsync"/> the list is final.
    /// </summary>
    public IReadOnlyList<string> Crashes => OperatingSystem.IsLinux() ? _loop.Sessions.Crashes : [];

    /// <summary>How many daemon processes run now (background jobs of commands are not counted).</summary>
    public int Running => OperatingSystem.IsLinux() ? _loop.Sessions.Running : 0;

    /// <summary>The process that holds the namespace, for tests.</summary>
    internal int HolderId => OperatingSystem.IsLinux() ? _space.HolderId : 0;

    /// <summary>Sets the namespace up and begins to accept connections (some tens of milliseconds).</summary>
    /// <param name="path">Absolute path of the daemon's program.</param>
    /// <param name="args">Its arguments, without argv[0].</param>
    /// <param name="accounts">The accounts that the daemon shall see.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetStartException">Something that the target needs is missing; the message says what.</exception>
    public static async Task<InetdHost> StartAsync(
        string path, IReadOnlyList<string> args, AccountFile accounts, CancellationToken cancellation = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new TargetStartException("an inetd: target needs Linux (mount namespaces): use tcp: or container: here");
        }

        CheckProgram(path);
        string nsenter = Tools.Find("nsenter");

        // .NET raises its own limit of open files, and children inherit that; set from outside, it would come after their first steps.
        string prlimit = Tools.Find("prlimit");
        DaemonNamespace space = await DaemonNamespace.CreateAsync(new NamespaceContents("an inetd: target", path, accounts), cancellation);
        Socket? ipv4 = null;
        try
        {
            ipv4 = Listen(IPAddress.Loopback);
            Socket? ipv6 = ListenIPv6();
            var loop = new InetdLoop(
                ipv6 is null ? [ipv4] : [ipv4, ipv6],
                [prlimit, "--nofile=1024:", nsenter, "--mount=" + space.MountPath, "--", path, .. args],
                new Sessions(path));
            return new InetdHost(path, [.. args], loop, space, (IPEndPoint)ipv4.LocalEndPoint!, (IPEndPoint?)ipv6?.LocalEndPoint);
        }
        catch
        {
            ipv4?.Dispose();
            if (OperatingSystem.IsLinux())
            {
                await space.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Stops to accept, ends what was started (background jobs too) and removes the namespace, within a second.</summary>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsLinux() && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _loop.StopAsync();
            await _space.DisposeAsync();
        }
    }

    [SupportedOSPlatform("linux")]
    private static void CheckProgram(string path)
    {
        if (!System.IO.Path.IsPathFullyQualified(path))
        {
            throw new TargetStartException($"inetd:{path}: the program must be an absolute path, as in inetd:/usr/sbin/in.rexecd");
        }

        if (!File.Exists(path))
        {
            throw new TargetStartException(Directory.Exists(path)
                ? $"{path} is a directory: name the daemon's program"
                : $"{path} does not exist: install the daemon (Debian: rsh-server) or name another program");
        }

        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if ((File.GetUnixFileMode(path) & anyExecute) == 0)
        {
            throw new TargetStartException($"{path} is not executable: chmod +x it, or name another program");
        }
    }

    private static Socket Listen(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket? ListenIPv6()
    {
        try
        {
            return Socket.OSSupportsIPv6 ? Listen(IPAddress.IPv6Loopback) : null;
        }
        catch (SocketException)
        {
            return null; // switched off by sysctl: no ::1 on the loopback interface
        }
    }
}
