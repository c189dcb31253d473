using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Posix;

namespace Rexecd;

/// <summary><c>--inetd</c>: serves the one connection that a super-server hands over, and ends with it.</summary>
internal static class InetdHost
{
    /// <summary>True if these arguments ask for it, which must be known before anything is printed.</summary>
    public static bool IsAsked(string[] args) => args.Contains("--inetd");

    /// <summary>Runs the command. Only this writes to standard error, and only if there is no client.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter error)
    {
        if (!OperatingSystem.IsLinux())
        {
            return CommandLine.Fail(error, "--inetd needs Linux", ExitCode.Usage);
        }

        Socket connection;
        try
        {
            connection = InetdSocket.Take();
        }
        catch (SpawnException e)
        {
            // As the daemons do, without a flag byte (facts 2.1).
            return CommandLine.Fail(error, $"{e.Message}: --inetd needs a connected socket as descriptor 0, start it from inetd", ExitCode.NotStarted);
        }

        using (connection)
        {
            return await CommandLine.RunAsync(args, TextWriter.Null, TextWriter.Null, connection).ConfigureAwait(false);
        }
    }

    /// <summary>Serves the client.</summary>
    /// <exception cref="ArgumentException">What these options don't allow on this address.</exception>
    [SupportedOSPlatform("linux")]
    public static async Task<int> ServeAsync(RexecServerOptions options, Socket connection)
    {
        if (connection.LocalEndPoint is not IPEndPoint local || connection.RemoteEndPoint is not IPEndPoint)
        {
            throw new ArgumentException("--inetd: descriptor 0 is not a TCP connection");
        }

        DiagnosticPorts.Remove();
        StartConditions.Check(options, local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : local.Address);
        options = options.WithSafeLog();
        using Defects defects = Defects.Of(options);
        var session = new Session(options, Logins.Of(options), new TcpClient(connection), defects);
        using (SessionCeiling.Start(session, options))
        {
            await session.RunAsync().ConfigureAwait(false);
        }

        return (int)ExitCode.Success;
    }
}
