using System.Runtime.CompilerServices;
using RexecConformance.Accounts;
using RexecConformance.Inetd;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Testing;

/// <summary>
/// The server that a test judges; good as a fixture or as a static field, and for many tests at once. Nothing is started
/// or connected before the first row asks for it.
/// </summary>
public class RexecServer : IAsyncDisposable, IDisposable
{
    private readonly string? _target;
    private readonly Func<CancellationToken, Task<int>>? _listen;
    private readonly ConditionalWeakTable<RexecRowSet, RowDrive> _drives = [];
    private readonly List<RowDrive> _started = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private Task<ITarget>? _opening;

    /// <summary>A server that runs already, or is started for each connection.</summary>
    /// <param name="target"><c>tcp:HOST:PORT</c>, <c>inetd:/PATH [ARGS]</c> or <c>file:TARGET.yaml</c>.</param>
    public RexecServer(string target) => _target = target;

    /// <summary>A server that the test starts itself.</summary>
    /// <param name="listen">Starts it and returns the port on which it listens at 127.0.0.1.</param>
    public RexecServer(Func<CancellationToken, Task<int>> listen) => _listen = listen;

    /// <summary>A server that a derived class starts.</summary>
    protected RexecServer()
    {
    }

    /// <summary>A file with all accounts that the server has (format of <c>docker/accounts.yaml</c>), in place of the suite's.</summary>
    public string? Accounts { get; init; }

    /// <summary>A file with accounts that the server has besides; one of them takes the place of its namesake.</summary>
    public string? ExtraAccounts { get; init; }

    /// <summary>A file with known deviations (docs/deviations.md): a row that fails as listed is skipped, one that passes is red.</summary>
    public string? Deviations { get; init; }

    /// <summary>What the server can do beside the protocol, as <c>real-shell</c> (docs/targets.md); rows that need more are skipped.</summary>
    public IReadOnlyCollection<string> Capabilities { get; init; } = [];

    /// <summary>Rows driven at once, those that wait for time aside.</summary>
    public int Jobs { get; init; } = new RunOptions().Jobs;

    /// <summary>Most wrong passwords sent to a server that is not on loopback.</summary>
    public int MaxBadLogins { get; init; } = new RunOptions().MaxBadLogins;

    /// <summary>Most connections a minute to a server that is not on loopback; 0 is no limit.</summary>
    public int Rate { get; init; } = new RunOptions().Rate;

    /// <summary>Whether passwords are written out in the messages of red rows.</summary>
    public bool ShowPasswords { get; init; }

    /// <summary>Drives a row, together with those that were selected with it, and judges it.</summary>
    /// <exception cref="RexecFailedException">It is red.</exception>
    /// <exception cref="RexecSkippedException">It can't be judged on this server, or is a known deviation.</exception>
    /// <exception cref="RexecServerException">The server does not serve.</exception>
    /// <exception cref="RexecDataException">One of the files is wrong.</exception>
    public async Task CheckAsync(RexecRow row)
    {
        RowDrive drive;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_over.IsCancellationRequested, this);
            if (!_drives.TryGetValue(row.Set, out drive!))
            {
                // Not on the runner's own threads, of which there may be few.
                _opening ??= Task.Run(() => OpenAsync(row.Set));
                drive = new RowDrive(row.Set, _opening, Options, ShowPasswords, _over.Token);
                _drives.Add(row.Set, drive);
                _started.Add(drive);
            }
        }

        await drive.CheckAsync(row);
    }

    /// <summary>Starts the server and returns it as a target text.</summary>
    /// <param name="cancel">Gives up.</param>
    protected virtual async Task<string> StartAsync(CancellationToken cancel) =>
        _target ?? (_listen is { } listen ? $"tcp:127.0.0.1:{await listen(cancel)}" : throw new NotSupportedException($"{GetType().Name} must override {nameof(StartAsync)} or name a target"));

    /// <summary>Stops what <see cref="StartAsync"/> started; nothing is driven any more.</summary>
    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;

    private RunOptions Options => new() { Jobs = Jobs, MaxBadLogins = MaxBadLogins, Rate = Rate };

    private async Task<ITarget> OpenAsync(RexecRowSet rows)
    {
        var accounts = Accounts is { } file ? AccountFile.Load(file) : null;
        if (ExtraAccounts is { } more)
        {
            accounts = (accounts ?? AccountFile.Default).With(AccountFile.Load(more));
        }

        var profile = new TargetProfile { Dialect = rows.Dialect.Name, Capabilities = Capabilities.ToHashSet() };
        string text = await StartAsync(_over.Token);
        return await TestedTarget.OpenAsync(text, profile, accounts, Deviations, rows.Tree, _over.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What is awaited must not wait for this thread, which a runner may have lent.
        Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Task<ITarget>? opening;
        RowDrive[] started;
        lock (_lock)
        {
            if (_over.IsCancellationRequested)
            {
                return;
            }

            _over.Cancel();
            opening = _opening;
            started = [.. _started];
        }

        await Task.WhenAll(started.Select(drive => drive.Ended));
        if (opening is not null)
        {
            try
            {
                await (await opening).DisposeAsync();
            }
            catch (Exception e) when (opening.IsFaulted || opening.IsCanceled || e is TargetStartException)
            {
                // A row has told why it did not start.
            }

            await StopAsync();
        }

        _over.Dispose();
    }
}
