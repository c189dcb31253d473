using System.Net;
using System.Net.NetworkInformation;
using RexecConformance.Accounts;
using RexecConformance.Containers.Images;
using RexecConformance.Inetd;

namespace RexecConformance.Containers.Targets;

/// <summary>A container that answers handshakes; removed when it is disposed of.</summary>
public sealed class RunningContainer : IAsyncDisposable
{
    private static readonly TimeSpan s_removeWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    private readonly IContainerHost _host;
    private readonly Action<string> _say;
    private readonly string _name;
    private readonly CancellationTokenSource _over = new();
    private readonly Task<string> _watch;
    private bool _engineGone;
    private int _disposed;

    private RunningContainer(IContainerHost host, string id, string name, IPEndPoint endPoint, IPAddress? auxAddress, bool proxied, string image, Action<string> say)
    {
        Image = image;
        _host = host;
        _say = say;
        _name = name;
        Id = id;
        EndPoint = endPoint;
        AuxAddress = auxAddress;
        IsProxied = proxied;
        _watch = WatchAsync();
    }

    /// <summary>The engine's id of it.</summary>
    public string Id { get; }

    /// <summary>The image with its tag, which is made of all that goes into it.</summary>
    public string Image { get; }

    /// <summary>The engine and its version.</summary>
    public string Engine => _host.Name;

    /// <summary>What a shell command prints in it.</summary>
    public Task<string> PrintedAsync(string command, CancellationToken cancel) => _host.PrintedAsync(Id, command, cancel);

    /// <summary>Where it is reached.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>
    /// The address of this host on which auxiliary connections arrive: the bridge's, since a container connects back to
    /// where its client came from. Null if this host does not have that address (an engine in a virtual machine).
    /// </summary>
    public IPAddress? AuxAddress { get; }

    /// <summary>True if the engine's port proxy is in between: it turns resets into closes and merges segments.</summary>
    public bool IsProxied { get; }

    /// <summary>
    /// Completes, with one line, when the container has ended or the engine no longer answers. What an engine leaves
    /// behind when it is killed may go on answering, but nothing is known of it any more.
    /// </summary>
    public Task<string> Gone => _watch;

    /// <summary>Starts a container and waits until it answers.</summary>
    internal static async Task<RunningContainer> StartAsync(
        ImageFolder image, ImageDescription description, string dialect, ContainerOptions options, CancellationToken cancel)
    {
        IContainerHost host = await options.Host.OpenAsync(cancel);
        IReadOnlyList<FoundContainer> swept = await Sweep.LeftoversAsync(host, cancel);
        if (swept.Count > 0)
        {
            options.Say($"removed what an earlier run left: {string.Join(", ", swept.Select(s => s.Name))}");
        }

        string tag = await new ImageBuilder(host, options.Say).EnsureAsync(image, description, cancel);

        // Only on Linux do containers have addresses that their host can reach.
        bool published = options.Published || !OperatingSystem.IsLinux();
        return await TryStartAsync(host, image, description, dialect, tag, published, options.Say, cancel)
            ?? await TryStartAsync(host, image, description, dialect, tag, published: true, options.Say, cancel)
            ?? throw new TargetStartException($"container:{image.Name}: it has neither a way to its own address nor a published port");
    }

    /// <summary>Ends and removes the container, within ten seconds; never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _over.CancelAsync();
            _ = await Task.WhenAny(_watch);
            await RemoveAsync(_host, _name, _engineGone ? _ => { } : _say);
            _over.Dispose();
        }
    }

    private async Task<string> WatchAsync()
    {
        while (true)
        {
            try
            {
                await _host.WaitForEndAsync(Id, _over.Token);
            }
            catch (TargetStartException)
            {
                // Whether it was more than a connection that broke is asked below.
            }

            try
            {
                if (!await _host.IsRunningAsync(Id, _over.Token))
                {
                    return "its container ended while it was judged";
                }
            }
            catch (TargetStartException e)
            {
                _engineGone = true;
                return $"the engine went away (the next start removes what it left): {e.Message}";
            }

            await Task.Delay(s_again, _over.Token);
        }
    }

    // Null if there is no way to the container's address from here.
    private static async Task<RunningContainer?> TryStartAsync(
        IContainerHost host, ImageFolder image, ImageDescription description, string dialect, string tag, bool published, Action<string> say, CancellationToken cancel)
    {
        string name = ContainerNames.Next(image.Name);
        Dictionary<string, string> labels = RunOwner.Current.ToLabels();
        labels[Labels.Target] = image.Name;
        IReadOnlyList<string> command = description.DialectArgument is { } argument ? [argument, dialect] : [];
        bool started = false;
        try
        {
            StartedContainer container = await host.StartAsync(
                new ContainerStart(name, tag, labels, published ? description.Port : null, command), cancel);
            IPEndPoint? endPoint = published ? container.Published
                : container.Address is { } address ? new IPEndPoint(address, description.Port) : null;

            // Where the bridge is this host's own, so is the way to its containers: whether one answers is no question of
            // the way then, however long a busy machine takes.
            IPAddress? gateway = OwnAddress(container.Gateway);
            bool reachable = endPoint is not null && (published || gateway is not null || await ReadyCheck.IsReachableAsync(endPoint, cancel));
            if (!reachable && !published && await host.IsRunningAsync(container.Id, cancel))
            {
                say($"container:{image.Name}: no way from here to its own address {endPoint?.Address}: through a published port, as with reach=published");
                return null;
            }

            Account account = description.Profile.Accounts[description.ReadyAccount];
            string? failure = !reachable ? "it ended at once" : await ReadyCheck.WaitAsync(
                endPoint!, account, description.ReadyWithin, () => host.IsRunningAsync(container.Id, cancel), cancel);

            // One that ended may have given its address to another run's container, which answers.
            failure ??= await host.IsRunningAsync(container.Id, cancel) ? null : "it ended at once";
            if (failure is not null)
            {
                string[] log = (await host.LogAsync(container.Id, cancel)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                string last = log.Length == 0 ? "" : $"; its log ends with: {log[^1]}";
                throw new TargetStartException($"container:{image.Name}: {failure}{last}");
            }

            started = true;
            return new RunningContainer(host, container.Id, name, endPoint!, gateway, published, tag, say);
        }
        finally
        {
            // By its name: when starting is interrupted, the id may not be known although the container is there.
            if (!started)
            {
                await RemoveAsync(host, name, say);
            }
        }
    }

    private static async Task RemoveAsync(IContainerHost host, string name, Action<string> say)
    {
        using var limit = new CancellationTokenSource(s_removeWithin);
        try
        {
            await host.RemoveAsync(name, limit.Token);
        }
        catch (Exception e) when (e is TargetStartException or OperationCanceledException)
        {
            // The verdicts are what they are; the next start clears it away.
            say($"the container {name} could not be removed, the next start will do it: {e.Message}");
        }
    }

    private static IPAddress? OwnAddress(IPAddress? gateway) => gateway is not null
        && NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Any(a => a.Address.Equals(gateway))
            ? gateway
            : null;
}
