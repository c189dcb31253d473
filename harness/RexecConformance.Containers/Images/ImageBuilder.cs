using System.Diagnostics;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.Images;

/// <summary>Builds an image unless the engine has it already.</summary>
/// <param name="host">The engine.</param>
/// <param name="say">Is told, in a line, of what takes long.</param>
public sealed class ImageBuilder(IContainerHost host, Action<string> say)
{
    private const string BaseImage = "debian:bookworm-slim";
    private static readonly string[] s_proxySettings = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

    /// <summary>Makes sure that the image is there.</summary>
    /// <returns>Its name and tag.</returns>
    /// <exception cref="TargetStartException">It could not be built.</exception>
    public async Task<string> EnsureAsync(ImageFolder folder, ImageDescription description, CancellationToken cancel)
    {
        string image = folder.Tag(description.SourceFiles());
        if (await host.HasImageAsync(image, cancel))
        {
            return image;
        }

        say($"building the image {image}");
        var clock = Stopwatch.StartNew();
        DirectoryInfo context = Directory.CreateTempSubdirectory("rexec-conformance-");
        try
        {
            Stage(folder, context.FullName);
            if (description.PublishProject is { } project)
            {
                await PublishAsync(project, Path.Combine(context.FullName, "published"), cancel);
            }

            var arguments = s_proxySettings.Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
                .ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!);
            var labels = new Dictionary<string, string> { [Labels.Image] = folder.Name };
            await host.BuildAsync(new ImageBuild(image, context.FullName, labels, arguments), cancel);
        }
        catch (TargetStartException e) when (e.Message.Contains(BaseImage, StringComparison.Ordinal) || e.Message.Contains("registry", StringComparison.Ordinal))
        {
            throw new TargetStartException($"{e.Message}; where no registry answers, docker/base-image.sh makes {BaseImage}");
        }
        finally
        {
            context.Delete(recursive: true);
        }

        say($"built {image} in {clock.Elapsed.TotalSeconds:0.0} s");
        return image;
    }

    private static void Stage(ImageFolder folder, string context)
    {
        foreach ((string place, string file) in folder.ContextFiles())
        {
            string target = Path.Combine(context, place);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target); // with its mode: scripts stay executable
        }
    }

    private static async Task PublishAsync(string project, string output, CancellationToken cancel)
    {
        // Self-contained: the image's distribution has no .NET.
        var start = new ProcessStartInfo(
            "dotnet", ["publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "-v", "quiet", "-nologo", "-o", output])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string log = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            throw ImageBuildLog.Failed(Path.GetFileName(project), log + await errors, new TargetStartException("dotnet publish failed"));
        }
    }
}
