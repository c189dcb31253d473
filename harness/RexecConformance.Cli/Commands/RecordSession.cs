using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using RexecConformance.Captures.Recording;
using RexecConformance.Cli.Targets;
using RexecConformance.Inetd;
using RexecConformance.Reports;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>record</c>.</summary>
internal sealed record RecordSession
{
    private static readonly string[] s_kinds = ["reference", "tcp", "inetd", "container", "recorded", "file"];

    public required string Listen { get; init; }

    public required string Upstream { get; init; }

    public required string Output { get; init; }

    public bool Force { get; init; }

    public bool AllowRemote { get; init; }

    public int? Once { get; init; }

    public int MaxSessions { get; init; }

    public TimeSpan IdleLimit { get; init; }

    public TimeSpan TotalLimit { get; init; }

    /// <summary>Records until it is told to stop: 0 after SIGTERM or the last of <c>--once</c>, 130 after an interrupt; else see <see cref="ExitCodes"/>.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (Address(Listen) is not { } listen)
        {
            return Said.Line($"--listen is '{Listen}', expected ADDRESS:PORT, [IPV6]:PORT or PORT, as in 127.0.0.1:5120", ExitCodes.Usage);
        }

        if (!IPAddress.IsLoopback(listen.Address) && !AllowRemote)
        {
            return Said.Line($"--listen {Listen} can be reached from other hosts, and rexec sends passwords in clear text: add --allow-remote if that is meant", ExitCodes.Usage);
        }

        bool terminated = false;
        using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => terminated = context.Cancel = true);
        bool existed = File.Exists(Output);
        bool keep = false;
        try
        {
            PlannedTarget planned = Plan();
            await using FileStream file = OpenOutput(existed);
            try
            {
                await using ITarget target = await TargetOpener.OpenAsync(planned, Fixtures.None, cancel);
                IPEndPoint server = await ServerAsync(target, listen.AddressFamily, cancel)
                    ?? throw new TargetSpecException($"--upstream '{Upstream}' listens nowhere: record needs a server that runs");
                var options = new RecordOptions
                {
                    Listen = listen,
                    Upstream = server,
                    AuxAddress = planned.Spec.Kind == "tcp" ? null : target.AuxAddress(server.AddressFamily),
                    MaxSessions = MaxSessions,
                    Once = Once,
                    IdleLimit = IdleLimit,
                    TotalLimit = TotalLimit,
                };
                return await RecordAsync(file, options, target, () => keep = true, () => terminated, cancel);
            }
            finally
            {
                if (!keep && !existed)
                {
                    File.Delete(Output);
                }
            }
        }
        catch (TargetStartException e)
        {
            return Said.Line(e.Message, ExitCodes.Target);
        }
        catch (TargetSpecException e)
        {
            return Said.Wrong(e);
        }
        catch (Exception e) when (WriteFailure.Is(e))
        {
            return Said.Line($"-o '{Output}' can't be written: {WriteFailure.Why(e)}", ExitCodes.Usage);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return terminated ? ExitCodes.Green : ExitCodes.Interrupted;
        }
    }

    private async Task<int> RecordAsync(
        FileStream file, RecordOptions options, ITarget target, Action begun, Func<bool> terminated, CancellationToken cancel)
    {
        RecordProxy proxy;
        try
        {
            proxy = RecordProxy.Start(options, line => Console.Error.WriteLine("record: " + line));
        }
        catch (SocketException e)
        {
            return Said.Line($"--listen {Listen}: {e.Message}", ExitCodes.Usage);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using (proxy)
        {
            begun();
            file.SetLength(0);
            var log = new CaptureLog(file, $"recorded by a proxy in front of {Upstream}\nPackets hold user name, password and command as they were sent.");
            if (!IPAddress.IsLoopback(options.Listen.Address))
            {
                Console.Error.WriteLine("record: warning: other hosts can connect, and rexec sends passwords in clear text");
            }

            Console.WriteLine($"record: ready on {proxy.EndPoint}");
            Task serving = proxy.RunAsync(log, stop.Token);
            Task<string> gone = target.Gone ?? new TaskCompletionSource<string>().Task;
            Task first = await Task.WhenAny(serving, log.Failed, gone);
            await stop.CancelAsync();
            await serving;
            Console.Error.WriteLine($"record: {proxy.Conversations} conversations, {log.Packets} packets in {Output}");
            return log.Failed.IsCompleted ? Said.Line($"-o '{Output}' can't be written: {await log.Failed}", ExitCodes.Usage)
                : first == gone ? Said.Line($"{target.Name}: {await gone}", ExitCodes.Target)
                : !cancel.IsCancellationRequested || terminated() ? ExitCodes.Green
                : ExitCodes.Interrupted;
        }
    }

    private PlannedTarget Plan()
    {
        string kind = Upstream.Split(':', ',')[0];
        PlannedTarget planned = TargetOpener.PlanWithoutJudging([s_kinds.Contains(kind) ? Upstream : "tcp:" + Upstream], null)[0];
        return planned.Spec.Kind == "recorded"
            ? throw new TargetSpecException($"--upstream '{Upstream}' is a stored baseline: record needs a server that runs")
            : planned;
    }

    // Unbuffered: each packet is in the file at once. Nobody else is to read the passwords.
    private FileStream OpenOutput(bool existed)
    {
        if (existed && !Force)
        {
            throw new IOException("it is there already (--force replaces it)");
        }

        if (Directory.Exists(Output))
        {
            throw new IOException("it is a folder, expected a file");
        }

        var how = new FileStreamOptions { Mode = existed ? FileMode.Open : FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!existed && !OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Output, how);
    }

    private static async Task<IPEndPoint?> ServerAsync(ITarget target, AddressFamily like, CancellationToken cancel)
    {
        AddressFamily other = like == AddressFamily.InterNetwork ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        return await target.EndPointAsync(like, ServerSetup.Plain, cancel) ?? await target.EndPointAsync(other, ServerSetup.Plain, cancel);
    }

    private static IPEndPoint? Address(string text)
    {
        if (ushort.TryParse(text, out ushort port))
        {
            return new IPEndPoint(IPAddress.Loopback, port);
        }

        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon] : "";

        // Without brackets the end of an IPv6 address looks like a port; without four parts 1.2 is an address too.
        bool whole = host.StartsWith('[') ? host.EndsWith(']') : host.Count(c => c == '.') == 3;
        return whole && ushort.TryParse(text[(colon + 1)..], out port) && IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            ? new IPEndPoint(address, port)
            : null;
    }
}
