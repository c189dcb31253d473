using System.Net.Sockets;

namespace Rexecd.Tests;

/// <summary>The defects that have to do with a whole server.</summary>
public class DefectsOverSocketsTests
{
    [Fact]
    public async Task An_8_bit_user_name_ends_a_server_in_this_process()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o.WithFault("ends-at-eight-bit"));
        using Client other = await Client.ConnectAsync(server.EndPoint);
        Assert.Equal("", (await Client.ExchangeAsync(server.EndPoint, "\u00e9", "secret", "true")).Primary.Text);
        Assert.Equal(new Reply("", "fin"), await other.ReadPrimaryAsync());
        Assert.Contains("0x7f", await server.Ended.WaitAsync(TimeSpan.FromSeconds(20)));
        SocketException gone = await Assert.ThrowsAsync<SocketException>(() => Client.ConnectAsync(server.EndPoint));
        Assert.Equal(SocketError.ConnectionRefused, gone.SocketErrorCode);
    }

    [SkippableFact]
    public async Task An_8_bit_user_name_ends_the_command()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: a process that is ended by signals");
        await using ServerProcess server = await ServerProcess.StartAsync("--fault", "ends-at-eight-bit");
        _ = await Client.ExchangeAsync(server.EndPoint, "\u00e9", "secret", "true");
        (string error, int code) = await server.EndAsync();
        Assert.Equal(5, code);
        Assert.Contains("rexecd: the server ended: ", error);
    }

    [SkippableFact]
    public async Task A_child_of_a_real_shell_is_left()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: real shells");
        await using ServerProcess server = await ServerProcess.StartAsync("--commands", "shell", "--fault", "child-left");
        Assert.Equal(0, Zombies(server.Id));
        _ = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true");
        _ = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true", aux: true);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Zombies(server.Id) < 2)
        {
            await Task.Delay(5, patience.Token);
        }
    }

    [SkippableFact]
    public async Task Descriptors_of_refused_sessions_stay_open()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: /proc");
        await using ServerProcess server = await ServerProcess.StartAsync("--fault", "leaked-descriptor", "--fault", "aux-left-open");
        int Left() => new DirectoryInfo($"/proc/{server.Id}/fd").GetFiles().Count(file => file.LinkTarget == "/dev/null");
        int before = Left();
        for (int i = 0; i < 3; i++)
        {
            _ = await Client.ExchangeAsync(server.EndPoint, "good", "wrong", "true");
        }

        Assert.Equal(before + 3, Left());
        using Client client = await Client.ConnectAsync(server.EndPoint, aux: true);
        await client.RequestAsync("good", "secret", "echo out");
        await client.AcceptAsync();
        Assert.Equal(new Reply("\0out\n", "fin"), await client.ReadPrimaryAsync());
        Assert.False(client.Aux!.Poll(100_000, SelectMode.SelectRead));
    }

    private static int Zombies(int parent) => Directory.GetDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0])).Count(folder =>
    {
        try
        {
            string[] status = File.ReadAllText(folder + "/stat").Split(") ")[^1].Split(' ');
            return status[0] == "Z" && status[1] == $"{parent}";
        }
        catch (IOException)
        {
            return false; // It has ended meanwhile.
        }
    });
}
