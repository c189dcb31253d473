using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Dialects;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Fuzzing.Sockets;

/// <summary>A server that takes cases over TCP, of whatever kind its target is.</summary>
public sealed class SocketTarget : IFuzzTarget
{
    // So few cases leave a machine idle: its server answers at once or never.
    private const int Few = 8;

    private readonly ITarget _target;
    private readonly SocketTargetOptions _options;
    private readonly IPEndPoint _server;
    private readonly Patience _patience;
    private readonly Patience _patienceWithFew;
    private readonly SocketHealth _health;
    private readonly Ports _ports = new();
    private readonly RateLimit _rate;
    private readonly SemaphoreSlim _turns;
    private readonly TroubleWatch _troubles;
    private long _connections;
    private int _underWay;

    private SocketTarget(ITarget target, Dialect dialect, SocketTargetOptions options, IPEndPoint server)
    {
        _target = target;
        _options = options;
        _server = server;
        _patience = new Patience(dialect, options.Quiet);
        _patienceWithFew = new Patience(dialect, options.QuietWithFew ?? options.Quiet);
        _rate = new RateLimit(options.PerMinute);
        _turns = new SemaphoreSlim(AtOnce);
        _troubles = new TroubleWatch(target);
        _health = new SocketHealth(target.Name, LoginAsync, options.Leftovers, _troubles.Next);
    }

    /// <inheritdoc/>
    public string Name => _target.Name;

    /// <inheritdoc/>
    public string Dialect => _target.Dialect;

    /// <inheritdoc/>
    public AccountFile Accounts => _target.Accounts;

    /// <inheritdoc/>
    public Shell Shell => _target.Shell;

    /// <inheritdoc/>
    public bool RealShell => _options.RealShell;

    /// <inheritdoc/>
    public bool InMemory => false;

    /// <inheritdoc/>
    public int AtOnce => Math.Max(1, Math.Min(_options.AtOnce, _target.AtOnce ?? int.MaxValue));

    /// <summary>The longest command in characters that its system takes as an argument, or null if it is not stated.</summary>
    public int? ArgumentList => _target.ArgumentList;

    /// <summary>Where the server's answers come from: versions, image, engine.</summary>
    public IReadOnlyDictionary<string, string> Provenance => _target.Provenance;

    /// <summary>Logs in once, and counts what the server holds before any case.</summary>
    /// <param name="target">The server; it is this object's from now on, unless this throws.</param>
    /// <param name="dialect">What it is judged by: its slow refusals are waited for.</param>
    /// <param name="options">What may be sent.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Inetd.TargetStartException">It does not serve.</exception>
    public static async Task<SocketTarget> OpenAsync(ITarget target, Dialect dialect, SocketTargetOptions options, CancellationToken cancel)
    {
        IPEndPoint server = await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, cancel)
            ?? await target.EndPointAsync(AddressFamily.InterNetworkV6, ServerSetup.Plain, cancel)
            ?? throw new Inetd.TargetStartException($"{target.Name}: it has no address");
        var opened = new SocketTarget(target, dialect, options, server);
        try
        {
            await opened._health.BeginAsync(cancel);
            return opened;
        }
        catch
        {
            opened._ports.Dispose();
            opened._turns.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A case that is not harmless was to reach a real shell, or more connections were asked for than allowed: faults of the suite.</exception>
    public async ValueTask<FuzzOutcome> AskAsync(FuzzCase fuzzCase, CancellationToken cancel)
    {
        FuzzCase[] all = [fuzzCase, .. fuzzCase.Companions];
        CheckHarmless(all);
        if (Interlocked.Add(ref _connections, all.Length) > _options.Most && _options.Most > 0)
        {
            throw new InvalidOperationException($"{Name}: no more than {_options.Most} connections are allowed");
        }

        foreach (FuzzCase _ in all)
        {
            await _rate.WaitAsync(cancel);
        }

        await _turns.WaitAsync(cancel);
        try
        {
            Patience patience = Interlocked.Increment(ref _underWay) > Few ? _patience : _patienceWithFew;
            FuzzOutcome[] outcomes = await new SocketCase(_server, _target, _ports, patience).DriveAsync(all, cancel);
            string? trouble = _troubles.Next();
            return outcomes[0] with { Trouble = outcomes[0].Trouble ?? trouble, Companions = outcomes[1..] };
        }
        finally
        {
            _ = Interlocked.Decrement(ref _underWay);
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> HealthAsync(CancellationToken cancel) => _health.CheckAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ports.Dispose();
        _turns.Dispose();
        await _target.DisposeAsync();
    }

    private async Task<FuzzOutcome> LoginAsync(CancellationToken cancel) =>
        (await new SocketCase(_server, _target, _ports, _patience).DriveAsync([PlainLogin.Of(_target.Accounts, _target.Shell)], cancel))[0];

    private void CheckHarmless(FuzzCase[] all)
    {
        var context = new TargetContext(_target, auxPort: 1);
        if (_options.RealShell && Array.Find(all, one => !_options.Harmless(one, context)) is { } harmful)
        {
            throw new InvalidOperationException(
                $"{Name}: case {harmful.Origin.Number} of seed {harmful.Origin.Seed} could run more than the harmless commands in a real shell: not sent");
        }
    }
}
