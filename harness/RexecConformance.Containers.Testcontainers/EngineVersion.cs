using System.Net.Sockets;
using System.Text.Json;

namespace RexecConformance.Containers.Testcontainers;

/// <summary>
/// Testcontainers asks the engine for the newest API that it knows and does not negotiate, which older engines (Debian's
/// 20.10) refuse. What the engine has is asked on its socket before Testcontainers is first used.
/// </summary>
internal static class EngineVersion
{
    private const string Variable = "DOCKER_API_VERSION";
    private const string DefaultSocket = "/var/run/docker.sock";
    private static readonly Version s_newest = new(1, 44);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Lets Testcontainers ask for an API that the engine has.</summary>
    /// <returns>The engine's version, or null if it is not reached by a Unix socket.</returns>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public static async Task<string?> SettleAsync(CancellationToken cancel)
    {
        string host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix://" + DefaultSocket;
        if (OperatingSystem.IsWindows() || !host.StartsWith("unix://", StringComparison.Ordinal))
        {
            return null;
        }

        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(host["unix://".Length..]), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        using var client = new HttpClient(handler) { Timeout = s_patience };
        using JsonDocument json = JsonDocument.Parse(await client.GetStringAsync(new Uri("http://engine/version"), cancel));
        string has = json.RootElement.GetProperty("ApiVersion").GetString()!;
        if (Environment.GetEnvironmentVariable(Variable) is null && Version.TryParse(has, out Version? version) && version < s_newest)
        {
            Environment.SetEnvironmentVariable(Variable, has);
        }

        return json.RootElement.GetProperty("Version").GetString();
    }
}
