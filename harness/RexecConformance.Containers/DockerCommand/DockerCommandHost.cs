using System.Text.Json;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.DockerCommand;

/// <summary>A container engine through the <c>docker</c> command (podman's stand-in for it included).</summary>
public sealed class DockerCommandHost : IContainerHost
{
    private static readonly TimeSpan s_creating = TimeSpan.FromSeconds(3);

    private DockerCommandHost(string engine) => Name = $"docker command, engine {engine}";

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Asks the engine for its version (some tens of milliseconds).</summary>
    /// <exception cref="TargetStartException">There is no command, or no engine answers it.</exception>
    public static async Task<DockerCommandHost> OpenAsync(CancellationToken cancel)
    {
        DockerResult result = await DockerProcess.RunAsync(["version", "--format", "{{.Server.Version}}"], cancel);
        string version = result.Output.Trim();
        return result.ExitCode == 0 && version.Length > 0
            ? new DockerCommandHost(version)
            : throw DockerProcess.EngineMissing(result.LastError);
    }

    /// <inheritdoc/>
    public async Task<bool> HasImageAsync(string image, CancellationToken cancel)
    {
        string output = await DockerProcess.OutputAsync("listing images", ["images", "-q", image], cancel);
        return output.Trim().Length > 0;
    }

    /// <inheritdoc/>
    public async Task BuildAsync(ImageBuild build, CancellationToken cancel)
    {
        List<string> arguments = ["build", "--force-rm", "--network", "host", "-t", build.Image];
        foreach ((string name, string value) in build.Labels)
        {
            arguments.AddRange(["--label", $"{name}={value}"]);
        }

        foreach ((string name, string value) in build.Arguments)
        {
            arguments.AddRange(["--build-arg", $"{name}={value}"]);
        }

        arguments.Add(build.Context);
        DockerResult result = await DockerProcess.RunAsync(arguments, cancel);
        if (result.ExitCode != 0)
        {
            throw ImageBuildLog.Failed(build.Image, result.Output + result.Errors, DockerProcess.Failed("docker build", result));
        }
    }

    /// <inheritdoc/>
    public async Task<StartedContainer> StartAsync(ContainerStart start, CancellationToken cancel)
    {
        // --init: an init that reaps what commands leave behind, which not every super-server does as process 1.
        List<string> arguments = ["create", "--init", "--name", start.Name, "--add-host", ContainerStart.PeerName + ":host-gateway"];
        foreach ((string name, string value) in start.Labels)
        {
            arguments.AddRange(["--label", $"{name}={value}"]);
        }

        if (start.PublishPort is { } port)
        {
            arguments.AddRange(["-p", $"127.0.0.1::{port}"]);
        }

        arguments.Add(start.Image);
        arguments.AddRange(start.Command);

        // An engine that was asked makes the container even if who asked does not wait, after it was looked for to be removed.
        string id;
        string what = $"starting a container of {start.Image}";
        using var lastly = new CancellationTokenSource();
        await using (cancel.Register(() => lastly.CancelAfter(s_creating)))
        {
            string made = await DockerProcess.OutputAsync(what, arguments, lastly.Token);
            cancel.ThrowIfCancellationRequested();
            id = made.Trim();
        }

        _ = await DockerProcess.OutputAsync(what, ["start", id], cancel);
        using JsonDocument json = JsonDocument.Parse(await DockerProcess.OutputAsync("looking at the container", ["inspect", id], cancel));
        return DockerJson.Started(id, json.RootElement[0], start.PublishPort);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FoundContainer>> ListAsync(CancellationToken cancel)
    {
        string ids = await DockerProcess.OutputAsync("listing containers", ["ps", "-aq", "--no-trunc", "--filter", "label=" + Labels.Run], cancel);
        string[] all = ids.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (all.Length == 0)
        {
            return [];
        }

        // One that went away in between makes this fail, but the others are printed nevertheless.
        DockerResult result = await DockerProcess.RunAsync(["inspect", "--type", "container", .. all], cancel);
        if (result.Output.Trim().Length == 0)
        {
            throw DockerProcess.Failed("listing containers", result);
        }

        using JsonDocument json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.EnumerateArray().Select(DockerJson.Found)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FoundImage>> ListImagesAsync(CancellationToken cancel)
    {
        string ids = await DockerProcess.OutputAsync("listing images", ["images", "-q", "--no-trunc", "--filter", "label=" + Labels.Image], cancel);
        string[] all = [.. ids.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (all.Length == 0)
        {
            return [];
        }

        using JsonDocument json = JsonDocument.Parse(await DockerProcess.OutputAsync("listing images", ["inspect", .. all], cancel));
        return [.. json.RootElement.EnumerateArray().SelectMany(DockerJson.Images)];
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string idOrName, CancellationToken cancel) =>
        RemoveAsync("removing a container", ["rm", "-f", "-v", idOrName], cancel);

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, CancellationToken cancel) => RemoveAsync("removing an image", ["rmi", image], cancel);

    /// <inheritdoc/>
    public async Task WaitForEndAsync(string id, CancellationToken cancel)
    {
        DockerResult result = await DockerProcess.RunAsync(["wait", id], cancel);
        if (result.ExitCode != 0 && !IsMissing(result))
        {
            throw DockerProcess.Failed("watching a container", result);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> IsRunningAsync(string id, CancellationToken cancel)
    {
        DockerResult result = await DockerProcess.RunAsync(["inspect", "--format", "{{.State.Running}}", id], cancel);
        return result.ExitCode == 0 ? result.Output.Trim() == "true"
            : IsMissing(result) ? false
            : throw DockerProcess.Failed("looking at a container", result);
    }

    /// <inheritdoc/>
    public async Task<string> LogAsync(string id, CancellationToken cancel)
    {
        DockerResult result = await DockerProcess.RunAsync(["logs", "--tail", "20", id], cancel);
        return result.ExitCode == 0 ? result.Output + result.Errors : "";
    }

    /// <inheritdoc/>
    public async Task<string> PrintedAsync(string id, string command, CancellationToken cancel)
    {
        DockerResult result = await DockerProcess.RunAsync(["exec", id, "sh", "-c", command], cancel);
        return result.ExitCode == 0 ? result.Output : "";
    }

    private static bool IsMissing(DockerResult result) =>
        result.Errors.Contains("No such container", StringComparison.OrdinalIgnoreCase)
        || result.Errors.Contains("No such object", StringComparison.OrdinalIgnoreCase);

    private static async Task RemoveAsync(string what, string[] arguments, CancellationToken cancel)
    {
        DockerResult result = await DockerProcess.RunAsync(arguments, cancel);
        string[] harmless = ["No such container", "No such image", "already in progress", "is being used by", "is using its referenced image"];
        if (result.ExitCode != 0 && !harmless.Any(text => result.Errors.Contains(text, StringComparison.Ordinal)))
        {
            throw DockerProcess.Failed(what, result);
        }
    }
}
