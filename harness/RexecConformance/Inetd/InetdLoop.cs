using System.Net.Sockets;
using System.Runtime.Versioning;
using Posix;

namespace RexecConformance.Inetd;

/// <summary>What inetd does for a "stream tcp nowait" service: accept, start the daemon on the connection, forget it.</summary>
/// <remarks>One thread accepts, starts and reaps. A daemon is on its own once started, so slow ones run side by side.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class InetdLoop
{
    private const int ReapEvery = 20; // milliseconds, while anything runs
    private readonly Socket[] _listeners;
    private readonly IReadOnlyList<byte[]> _command;
    private readonly string _program;
    private readonly IReadOnlyList<byte[]> _environment = [SystemText.Bytes("PATH=" + Tools.SystemPath)];
    private readonly Thread _thread;
    private readonly int _stopEvent = Native.NewEvent();
    private volatile bool _stopping;

    /// <param name="listeners">Sockets that listen; closed by <see cref="StopAsync"/>.</param>
    /// <param name="command">Program (absolute path) and its arguments.</param>
    /// <param name="sessions">Where the started processes are kept.</param>
    public InetdLoop(IEnumerable<Socket> listeners, IReadOnlyList<string> command, Sessions sessions)
    {
        _listeners = [.. listeners];
        _program = command[0];
        _command = [.. command.Select(SystemText.Bytes)];
        Sessions = sessions;
        _thread = new Thread(Run) { IsBackground = true, Name = "inetd" };
        _thread.Start();
    }

    public Sessions Sessions { get; }

    /// <summary>Stops to accept, and ends what runs.</summary>
    public async Task StopAsync()
    {
        _stopping = true;
        Native.Wake(_stopEvent);
        await Task.Run(_thread.Join);
        Native.Close(_stopEvent);
        foreach (Socket listener in _listeners)
        {
            listener.Dispose();
        }

        await Task.Run(Sessions.EndAll);
    }

    private void Run()
    {
        int[] descriptors = [_stopEvent, .. _listeners.Select(listener => (int)listener.Handle)];
        Span<bool> readable = stackalloc bool[descriptors.Length];
        while (!_stopping)
        {
            Native.WaitReadable(descriptors, readable, Sessions.Running > 0 ? ReapEvery : -1);
            for (int i = 1; i < descriptors.Length && !_stopping; i++)
            {
                if (readable[i])
                {
                    AcceptOne(descriptors[i]);
                }
            }

            Sessions.Reap();
        }
    }

    private void AcceptOne(int listener)
    {
        int connection = Native.Accept(listener);
        if (connection < 0)
        {
            Thread.Sleep(1); // no descriptor or no memory left just now: the connection waits in the queue
            return;
        }

        try
        {
            int pid = DaemonStart.Run(_program, _command, _environment, connection);
            Sessions.Add(pid);
        }
        catch (SpawnException e)
        {
            Sessions.AddFailure($"could not be started ({e.Message})");
        }
        finally
        {
            Native.Close(connection);
        }
    }
}
