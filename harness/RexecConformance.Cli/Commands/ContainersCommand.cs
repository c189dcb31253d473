using System.CommandLine;
using System.Diagnostics;
using RexecConformance.Accounts;
using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Targets;
using RexecConformance.Containers;
using RexecConformance.Containers.Images;
using RexecConformance.Inetd;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>containers</c>: what the suite has on the container engine, and nothing else.</summary>
internal static class ContainersCommand
{
    public static Command Create() => new("containers", "Lists, builds and removes the suite's own containers and images.")
    {
        List(),
        Clean(),
        Build(),
    };

    private static Command List()
    {
        var command = new Command("list", "Lists them, and whether their run still goes on.\n\nExample: rexec-conformance containers list");
        command.SetAction((_, cancel) => GuardAsync(async () =>
        {
            IContainerHost host = await ContainerOpener.Hosts[0].OpenAsync(cancel);
            foreach (FoundContainer found in await host.ListAsync(cancel))
            {
                string run = Sweep.IsLive(found) ? "in use" : "left over";
                Console.WriteLine($"container {found.Name}  {found.State}, {run}  {found.Image}");
            }

            foreach (FoundImage image in await host.ListImagesAsync(cancel))
            {
                Console.WriteLine($"image {image.Image}  {image.Size / 1_000_000} MB");
            }
        }));
        return command;
    }

    private static Command Clean()
    {
        var all = new Option<bool>("--all") { Description = "Also containers of runs that still go on" };
        var images = new Option<bool>("--images") { Description = "Also the images" };
        var command = new Command("clean", "Removes containers that runs have left.\n\nExample: rexec-conformance containers clean --images") { all, images };
        command.SetAction((parsed, cancel) => GuardAsync(async () =>
        {
            IContainerHost host = await ContainerOpener.Hosts[0].OpenAsync(cancel);
            foreach (FoundContainer found in (await host.ListAsync(cancel)).Where(f => parsed.GetValue(all) || !Sweep.IsLive(f)))
            {
                await host.RemoveAsync(found.Id, cancel);
                Console.WriteLine($"removed container {found.Name}");
            }

            if (parsed.GetValue(images))
            {
                foreach (FoundImage image in await host.ListImagesAsync(cancel))
                {
                    await host.RemoveImageAsync(image.Image, cancel);
                }

                var kept = (await host.ListImagesAsync(cancel)).Select(image => image.Image).ToList();
                Console.WriteLine(kept.Count == 0 ? "removed the images" : $"removed the images but those in use: {string.Join(", ", kept)}");
            }
        }));
        return command;
    }

    private static Command Build()
    {
        var names = new Argument<string[]>("NAME") { Description = "Folders in docker/ (default: all)", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("build", "Builds the images that are not there yet.\n\nExample: rexec-conformance containers build debian-xinetd") { names };
        command.SetAction((parsed, cancel) => GuardAsync(async () =>
        {
            DockerFolder folder = DockerFolder.Find();
            string[] wanted = parsed.GetValue(names) is { Length: > 0 } some ? some : [.. folder.Names];
            var all = wanted.Select(folder.Image).Select(image => (Image: image, Description: ImageDescription.Read(image))).ToList();
            var builder = new ImageBuilder(await ContainerOpener.Hosts[0].OpenAsync(cancel), ContainerOpener.Say);
            int done = 0;
            string under = "";
            var clock = Stopwatch.StartNew();
            await using LiveLine line = LiveLine.Start(() => ($"building images: {done} of {all.Count} done, {under} under way, {clock.Elapsed.TotalSeconds:0} s", false));
            foreach ((ImageFolder image, ImageDescription description) in all)
            {
                under = image.Name;
                string made = await builder.EnsureAsync(image, description, cancel);
                LiveLine.Erase();
                Console.WriteLine(made);
                done++;
                Interruption.Note = $"{done} of {all.Count} images are there";
            }
        }));
        return command;
    }

    private static async Task<int> GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
            return ExitCodes.Green;
        }
        catch (TargetStartException e)
        {
            Console.Error.WriteLine("rexec-conformance: " + e.Message);
            return ExitCodes.Target;
        }
        catch (Exception e) when (e is TargetSpecException or AccountFileException)
        {
            return Said.Wrong(e);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }
}
