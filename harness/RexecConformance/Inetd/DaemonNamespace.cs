using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace RexecConformance.Inetd;

/// <summary>
/// A mount namespace with the suite's accounts in place of the host's, held by one small process. The host itself
/// is not changed. The holder's standard input is a pipe from here: it ends with the harness, even by kill -9.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class DaemonNamespace : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Process _holder;

    private DaemonNamespace(Process holder) => _holder = holder;

    /// <summary>The process that holds the namespace.</summary>
    public int HolderId => _holder.Id;

    /// <summary>The namespace, as nsenter(1) wants it; valid until disposal.</summary>
    public string MountPath => $"/proc/{HolderId}/ns/mnt";

    /// <summary>Makes the namespace and waits until all of it is mounted (some tens of milliseconds).</summary>
    /// <param name="contents">What it is to hold.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetStartException">Not root, unshare(1) is missing, or a mount failed.</exception>
    public static async Task<DaemonNamespace> CreateAsync(NamespaceContents contents, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new TargetStartException($"{contents.Owner} needs root (CAP_SYS_ADMIN, for a mount namespace): run it as root, for example with sudo");
        }

        string script = NamespaceScript.For(contents);
        var start = new ProcessStartInfo(Tools.Find("unshare"))
        {
            ArgumentList = { "-m", "--propagation", "private", "/bin/sh", "-s" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Tools.SystemPath;
        start.Environment["LC_ALL"] = "C";
        Process holder;
        try
        {
            holder = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new TargetStartException($"{start.FileName} could not be started: {e.Message}");
        }

        var made = new DaemonNamespace(holder);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            await made.WaitUntilReadyAsync(script, cancellation, limit.Token);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends everything that runs in the namespace, and with it the namespace.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _holder.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone already.
        }

        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(800)))
        {
            try
            {
                await _holder.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _holder.Kill();
                await _holder.WaitForExitAsync(CancellationToken.None);
            }
        }

        _holder.Dispose();
    }

    private async Task WaitUntilReadyAsync(string script, CancellationToken asked, CancellationToken limit)
    {
        try
        {
            await _holder.StandardInput.WriteAsync(script.AsMemory(), limit);
            await _holder.StandardInput.FlushAsync(limit);
        }
        catch (IOException)
        {
            // It ended before it read all: its standard error says why.
        }

        try
        {
            if (await _holder.StandardOutput.ReadLineAsync(limit) == NamespaceScript.Ready)
            {
                return;
            }

            string? why = await _holder.StandardError.ReadLineAsync(limit);
            throw new TargetStartException(
                $"the mount namespace could not be set up: {why ?? "no reason given"} (root with CAP_SYS_ADMIN is needed; a container must allow mounts)");
        }
        catch (OperationCanceledException) when (!asked.IsCancellationRequested)
        {
            throw new TargetStartException($"the mount namespace was not ready within {Patience.TotalSeconds:0} s: try 'unshare -m true' by hand");
        }
    }
}
