using System.Diagnostics;

namespace Rexecd.Tests;

/// <summary>As the first process of a container: orphans come to it, and signals do nothing unless they are handled.</summary>
public class OrphanTests
{
    [SkippableFact]
    public async Task First_process_reaps_orphans_and_ends_by_signal()
    {
        Needs.Root();
        Skip.IfNot(File.Exists("/usr/bin/unshare"), "needs /usr/bin/unshare (util-linux)");
        await using ServerProcess server = await ServerProcess.StartProgramAsync(
            "/usr/bin/unshare", "--pid", "--fork", "--kill-child", "--mount-proc", InetdProcess.Command, "--listen", "127.0.0.1:0", "--commands", "shell");
        int first = Assert.Single(Children(server.Id));

        // A child in a session of its own, which outlives the shell and the session, and holds a stream until it ends.
        Task<(Reply Primary, Reply? Aux)> exchange = Client.ExchangeAsync(
            server.EndPoint, "good", "secret", "setsid sh -c 'exec >/dev/null 2>&1 </dev/null; sleep 0.5' & setsid sleep 0.7 & echo out");
        Assert.Equal(new Reply("\0out\n", "fin"), (await exchange).Primary);
        var clock = Stopwatch.StartNew();
        while (Children(first).Length > 0 && clock.ElapsedMilliseconds < 10000)
        {
            await Task.Delay(20);
        }

        Assert.Empty(Children(first));
        Assert.Equal(new Reply("\0out\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out")).Primary);
        ServerProcess.Signal(first, 15);
        (_, int exitCode) = await server.EndAsync();
        Assert.Equal(0, exitCode);
    }

    /// <summary>Processes whose parent this is, zombies too.</summary>
    private static int[] Children(int parent) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Where(name =>
        {
            try
            {
                string stat = File.ReadAllText($"/proc/{name}/stat");
                return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{parent}";
            }
            catch (IOException)
            {
                return false;
            }
        }).Select(name => int.Parse(name!)),
    ];
}
