using System.Net;
using System.Net.Sockets;
using RexecConformance.Accounts;
using RexecConformance.Bytes;
using RexecConformance.Dialects;
using RexecConformance.Inetd;
using RexecConformance.Judging;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Transcripts;
using RexecConformance.Wire;

namespace RexecConformance.Running;

/// <summary>
/// A plain handshake before and after a target's run, so that a broken server is one clear error and not two hundred
/// red cases; and a stub that must be judged a failure, so that a judge that lets everything pass is noticed.
/// </summary>
internal static class Canary
{
    private static readonly StreamWait s_wait = StreamWait.ForEnd with { Within = TimeSpan.FromSeconds(8) };

    /// <summary>What is wrong with the target, in one line, or null if a plain handshake works.</summary>
    /// <param name="target">The server.</param>
    /// <param name="dialect">What it is judged by: a dialect without a status byte is asked for some output instead.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<string?> TryAsync(ITarget target, Dialect dialect, CancellationToken cancel)
    {
        IPEndPoint? server = await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, cancel)
            ?? await target.EndPointAsync(AddressFamily.InterNetworkV6, ServerSetup.Plain, cancel);
        if (server is null)
        {
            return "it has no address";
        }

        Account? account = TargetContext.Find(target, "good");
        bool status = dialect.Properties.GetValueOrDefault("status-stream")?.Value != "none";
        string? command = target.Shell.Texts.GetValueOrDefault(status ? "nothing" : "write-out");
        if (account is null || command is null)
        {
            // Without an account the most that can be asked is an orderly answer to an unfinished request.
            Transcript bare = await DriveAsync(server, [new HalfClose(StreamName.Primary)], cancel);
            return bare.ConnectError ?? (bare.Primary.End == StreamEnd.Open ? "it did not close an unfinished request within 8 s" : null);
        }

        byte[] request = ByteText.Latin1.GetBytes($"0\0{account.Name}\0{account.Password}\0{command}\0");
        Transcript transcript = await DriveAsync(server, [new Send(StreamName.Primary, request)], cancel);
        if (transcript.ConnectError is { } error)
        {
            return error;
        }

        StreamTranscript primary = transcript.Primary;
        string seen = primary.Bytes.Length <= 60 ? ByteText.Escape(primary.Bytes) : $"{primary.Bytes.Length} bytes";
        return primary switch
        {
            { Bytes: [0] or [0, ..], End: StreamEnd.Fin, Overflow: false } => null,
            { Bytes: [_, ..], End: StreamEnd.Fin, Overflow: false } when !status => null,
            { Bytes: [0], End: StreamEnd.Open } => "it accepted the account 'good' and then did not end an empty command within 8 s",
            { Bytes: [], End: StreamEnd.Open } => "it did not answer a plain request within 8 s",
            _ when !status => $"a plain request must be answered by the command's output and a close, but it sent \"{seen}\" and {Words(primary.End)}",
            _ => $"a plain request of the account 'good' must be answered by the byte 0 and a close, but it sent \"{seen}\" and {Words(primary.End)}",
        };
    }

    /// <summary>True if the judge calls a server that closes without a word a failure, as it must.</summary>
    public static async Task<bool> JudgeSeesFailureAsync(CancellationToken cancel)
    {
        using var stub = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        stub.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        stub.Listen(1);
        Task serving = CloseFirstAsync(stub, cancel);
        Transcript transcript = await DriveAsync((IPEndPoint)stub.LocalEndPoint!, [new HalfClose(StreamName.Primary)], cancel);
        if (transcript.ConnectError is { } error)
        {
            throw new TargetStartException($"loopback does not work on this host ({error}): bring the interface lo up");
        }

        await serving;
        var expected = new ExpectedStream { Content = ExpectedContent.Of([0]), End = EndRule.Fin };
        var exchange = new ExpectedExchange(expected, expected with { Check = false }, []);
        return Judge.Compare(exchange, transcript).Any(finding => finding.Kind == FindingKind.Bytes);
    }

    private static async Task CloseFirstAsync(Socket stub, CancellationToken cancel)
    {
        using Socket client = await stub.AcceptAsync(cancel);
    }

    private static Task<Transcript> DriveAsync(IPEndPoint server, IReadOnlyList<WireStep> steps, CancellationToken cancel) =>
        ExchangeDriver.DriveAsync(server, new Exchange(steps, s_wait, StreamWait.ForNothing), null, cancel);

    private static string Words(StreamEnd end) => end switch
    {
        StreamEnd.Fin => "closed",
        StreamEnd.Rst => "reset the connection",
        _ => "kept the connection open",
    };
}
