using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RexecConformance.Accounts;

namespace RexecConformance.Containers.Targets;

/// <summary>
/// Waits for a server by real handshakes. An open port says little: a port proxy opens it before the server is there,
/// and a super-server before its daemon can run.
/// </summary>
internal static class ReadyCheck
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_oneTry = TimeSpan.FromSeconds(3);

    /// <summary>Null once a handshake has succeeded, else the last failure: when the time is up, or the container has ended.</summary>
    public static async Task<string?> WaitAsync(
        IPEndPoint server, Account account, TimeSpan within, Func<Task<bool>> isRunning, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan lookAgain = s_firstLook;
        while (true)
        {
            string? failure = await TryAsync(server, account, cancel);
            if (failure is null)
            {
                return null;
            }

            if (clock.Elapsed > within)
            {
                return $"no handshake within {within.TotalSeconds:0} s: {failure}";
            }

            if (clock.Elapsed > lookAgain)
            {
                if (!await isRunning())
                {
                    return "it ended before it answered";
                }

                lookAgain = clock.Elapsed * 2;
            }

            await Task.Delay(s_again, cancel);
        }
    }

    /// <summary>
    /// Whether this host has a way to the address at all: a refusal is an answer too (the server is not up yet). An
    /// engine in a virtual machine, or on another host, has addresses that lead nowhere from here.
    /// </summary>
    public static async Task<bool> IsReachableAsync(IPEndPoint server, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_oneTry);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(server, limit.Token);
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<string?> TryAsync(IPEndPoint server, Account account, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_oneTry);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var reply = new byte[64];
        try
        {
            await socket.ConnectAsync(server, limit.Token);
            _ = await socket.SendAsync(Encoding.Latin1.GetBytes($"0\0{account.Name}\0{account.Password}\0\0"), limit.Token);
            int count = await socket.ReceiveAsync(reply, limit.Token);
            return count switch
            {
                0 => "it closed without an answer",
                _ when reply[0] == 0 => null,
                _ => $"it answered \"{Bytes.ByteText.Escape(reply.AsSpan(0, count))}\"",
            };
        }
        catch (SocketException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"it did not answer within {s_oneTry.TotalSeconds:0} s";
        }
    }
}
