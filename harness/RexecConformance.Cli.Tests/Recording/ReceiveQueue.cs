using System.Globalization;
using System.Net;

namespace RexecConformance.Cli.Tests.Recording;

/// <summary>What the kernel keeps for a server on loopback that has not read it yet (<c>/proc/net/tcp</c>).</summary>
internal static class ReceiveQueue
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the server has read all that this client has sent: what is sent then comes apart.</summary>
    /// <param name="client">The client's own end, IPv4.</param>
    public static async Task EmptyAsync(IPEndPoint client)
    {
        string own = $"0100007F:{client.Port.ToString("X4", CultureInfo.InvariantCulture)}";
        long until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;

        // Acknowledged first: until then it may be under way, and in neither queue of the server.
        while (!Any(columns => columns[1] == own && columns[4].StartsWith("00000000:", StringComparison.Ordinal))
            || !Any(columns => columns[2] == own && columns[4].EndsWith(":00000000", StringComparison.Ordinal)))
        {
            if (Environment.TickCount64 > until)
            {
                throw new TimeoutException("the server does not read");
            }

            await Task.Delay(1);
        }
    }

    // Columns: number, local, remote, state, send queue:receive queue, ...
    private static bool Any(Func<string[], bool> wanted) =>
        File.ReadLines("/proc/net/tcp").Any(line => wanted(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
