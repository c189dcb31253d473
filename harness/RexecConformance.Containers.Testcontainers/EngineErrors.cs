using System.Net.Sockets;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Images;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.Testcontainers;

/// <summary>Turns the library's many exceptions into the one of <see cref="IContainerHost"/>.</summary>
internal static class EngineErrors
{
    /// <summary>Does something with the engine.</summary>
    /// <exception cref="TargetStartException">It refused, or did not answer.</exception>
    public static async Task<T> MapAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is DockerApiException or ImageBuildFailedException)
        {
            throw new TargetStartException($"{what}: {OneLine(e.Message)}");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or DockerUnavailableException)
        {
            throw new TargetStartException(
                $"no container engine answers: start it (service docker start, or .ci/engine start in this repository), or install one (Debian: apt-get install docker.io): {OneLine(e.Message)}");
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or ArgumentException)
        {
            throw new TargetStartException($"{what}: {OneLine(e.Message)}");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
