namespace Rexecd.Tests.RealLogins;

/// <summary>The ids of the server never change: not under modules that set those of a process, and not for a user who waits for it.</summary>
[Collection("alone")]
public class IdentityTests
{
    private const int Clients = 8;
    private const int Sessions = 100;

    [SkippableFact]
    public async Task Module_that_sets_groups_changes_no_command_and_ends_no_server()
    {
        Needs.Root();
        await using SystemServer server = await SystemServer.StartAsync("bsd44", module: CProgram.GroupsModule);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i = 0; i < Sessions; i++)
            {
                Assert.Equal("good staff extra\n", await server.RunAsync("id -Gn"));
            }
        }));
    }

    [SkippableFact]
    public async Task User_can_signal_no_thread_of_the_server()
    {
        Needs.Root();
        string program = CProgram.KillThreads;

        // There it is process 1, and a number that is another's by now is none of the host's.
        await using SystemServer server = await SystemServer.StartAsync("bsd44", before: "unshare --pid --fork --kill-child --mount-proc");
        File.Copy(program, $"{server.Root}/mnt/good/kill_threads");
        Task<string> attack = server.RunAsync("./kill_threads /proc/1/task 2");
        int sessions = 0;
        while (!attack.IsCompleted)
        {
            Assert.Equal("good\n", await server.RunAsync("id -un"));
            sessions++;
        }

        Assert.Equal("0\n", await attack);
        Assert.True(sessions > 10, $"{sessions} sessions");
        Assert.Equal("on\n", await server.RunAsync("echo on"));
    }
}
