namespace Rexecd.Tests.RealLogins;

/// <summary><c>--accounts system</c>: who gets in, what the others are told, and when.</summary>
[Collection("alone")]
public class LoginTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.9); // pam_unix asks for 2 s, and PAM takes up to half off or puts it on.

    [SkippableTheory]
    [InlineData("bsd44", "good", "wrong", "\u0001Password incorrect.\n")]
    [InlineData("debian", "good", "wrong", "")]
    [InlineData("debian", "nobodyhere", "secret", "")]
    [InlineData("inetutils-pam", "good", "wrong", "\u0001Password incorrect\n")]
    [InlineData("netkit-pam", "nobodyhere", "secret", "")]
    public async Task Refusal_takes_the_time_that_PAM_asks_for(string dialect, string user, string password, string text)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect, "--no-look-up");
        long begin = Environment.TickCount64;
        Assert.Equal(new Reply(text, "fin"), (await Client.ExchangeAsync(server.EndPoint, user, password, "true")).Primary);
        Assert.InRange(Environment.TickCount64 - begin, Delay.TotalMilliseconds, 10000);
        await server.TerminateAsync();
        Assert.Contains(user == "good" ? "user=\"good\" reason=" : "user-length=10 reason=", server.Log);
    }

    [SkippableTheory]
    [InlineData("bsd44", "nobodyhere", "\u0001Login incorrect.\n")]
    [InlineData("inetutils-pam", "nobodyhere", "\u0001Login incorrect\n")]
    [InlineData("bsd44", "", "\u0001Login incorrect.\n")]
    [InlineData("debian", "expired", "")]
    [InlineData("debian", "pwexpired", "")]
    [InlineData("illumos", "expired", "\u0001Account Expired.\n")]
    [InlineData("illumos", "pwexpired", "\u0001Password Expired.\n")]
    [InlineData("bsd44", "expired", "\0ran\n")]
    [InlineData("bsd44", "pwexpired", "\0ran\n")]
    [InlineData("bsd44", "emptypw", "\0ran\n")]
    [InlineData("debian", "root", "\0ran\n")]
    [InlineData("netkit", "root", "\u0001Login incorrect.\n")]
    [InlineData("zos", "GOOD", "\0ran\n")]
    [InlineData("zos", "good", "\0ran\n")]
    [InlineData("bsd44", "GOOD", "\u0001Login incorrect.\n")]
    public async Task Others_are_answered_at_once(string dialect, string user, string text)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect, "--no-look-up");
        long begin = Environment.TickCount64;
        Assert.Equal(new Reply(text, "fin"), (await Client.ExchangeAsync(server.EndPoint, user, "secret", "echo ran")).Primary);
        Assert.InRange(Environment.TickCount64 - begin, 0, Delay.TotalMilliseconds);
    }

    [SkippableTheory]
    [InlineData("bsd44", "\u0001Login incorrect.\n")]
    [InlineData("debian", "")]
    public async Task Option_r_refuses_root_after_the_right_password(string dialect, string text)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect, "-r");
        Assert.Equal(new Reply(text, "fin"), (await Client.ExchangeAsync(server.EndPoint, "root", "secret", "true")).Primary);
        Assert.Equal("good\n", await server.RunAsync("id -un"));
    }

    [SkippableFact]
    public async Task Account_without_password_is_refused_where_the_dialect_wants_one()
    {
        await using SystemServer server = await SystemServer.StartAsync("illumos");
        Assert.Equal(new Reply("\u0001Password incorrect.\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, "emptypw", "", "true")).Primary);
    }

    [SkippableTheory]
    [InlineData("otp")]
    [InlineData("twice")]
    public async Task Question_beyond_the_password_fails_the_login(string user)
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44", module: CProgram.PamModule);
        Assert.Equal(new Reply("\u0001Password incorrect.\n", "fin"), (await Client.ExchangeAsync(server.EndPoint, user, "secret", "true")).Primary);
        Assert.Contains("asked for more than a password", server.Log);
        Assert.Equal("good\n", await server.RunAsync("id -un"));
    }

    [SkippableFact]
    public async Task Session_is_open_while_the_command_runs()
    {
        await using SystemServer server = await SystemServer.StartAsync("debian", module: CProgram.PamModule);
        Assert.Equal("open good 127.0.0.1 rexec\n", await server.RunAsync("cat /mnt/sessions"));
        using Client waiting = await Client.ConnectAsync(server.EndPoint);
        await waiting.RequestAsync("good", "secret", "cat");
        await waiting.ExpectAsync("\0");
        await server.TerminateAsync(); // Ends the session, which then is closed.
        Assert.Equal("", (await waiting.ReadPrimaryAsync()).Text);
    }

    [SkippableFact]
    public async Task Session_is_closed_after_the_command()
    {
        await using SystemServer server = await SystemServer.StartAsync("debian", module: CProgram.PamModule);
        Assert.Equal("", await server.RunAsync("true"));
        Assert.Equal("", await server.RunAsync("until grep -q close /mnt/sessions; do sleep 0.05; done"));
        Assert.StartsWith("open good 127.0.0.1 rexec\n", File.ReadAllText($"{server.Root}/mnt/sessions"));
    }

    [SkippableFact]
    public async Task Hundred_wrong_passwords_do_not_delay_a_right_one()
    {
        await using SystemServer server = await SystemServer.StartAsync("debian");
        Assert.Equal("", await server.RunAsync("true"));
        Client[] wrong = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Client.ConnectAsync(server.EndPoint)));
        long begin = Environment.TickCount64;
        await Task.WhenAll(wrong.Select(client => client.RequestAsync("good", "wrong", "true")));
        Task<Reply[]> all = Task.WhenAll(wrong.Select(client => client.ReadPrimaryAsync()));
        Assert.Equal("out\n", await server.RunAsync("echo out"));
        Assert.InRange(Environment.TickCount64 - begin, 0, 1000);
        Assert.All(await all, reply => Assert.Equal("", reply.Text));
        Assert.True(Environment.TickCount64 - begin > Delay.TotalMilliseconds);
        Assert.All(wrong, client => client.Dispose());
    }

    [SkippableFact]
    public async Task Name_of_a_million_characters_is_refused_like_any()
    {
        using var unlimited = new TemporaryFile("username.limit: unlimited\nusername.error-at-byte: unlimited\n");
        await using SystemServer server = await SystemServer.StartAsync("debian", $"--dialect-file {unlimited.Path}");
        Assert.Equal("", (await Client.ExchangeAsync(server.EndPoint, new string('a', 1_000_000), "secret", "true")).Primary.Text);
        Assert.Equal("good\n", await server.RunAsync("id -un"));
    }

    [SkippableFact]
    public async Task Password_is_in_no_log()
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44", "--log-commands --audit");
        await server.RunAsync("true");
        await Client.ExchangeAsync(server.EndPoint, "good", "secreter", "true");
        await server.TerminateAsync();
        Assert.Contains("login-refused", server.Log);
        Assert.DoesNotContain("secret", server.Log);
    }

    [SkippableFact]
    public async Task Module_that_hangs_in_the_closing_of_a_session_holds_up_no_stop()
    {
        await using SystemServer server = await SystemServer.StartAsync("bsd44", "--grace 100ms", module: CProgram.PamModule);
        Assert.Equal("hangs\n", await server.RunAsync("id -un", "hangs"));
        long begin = Environment.TickCount64;
        await server.TerminateAsync();
        Assert.InRange(Environment.TickCount64 - begin, 0, 10000); // the module would hold it for a minute
    }

    [SkippableFact]
    public async Task First_process_leaves_the_exits_of_helpers_to_their_module()
    {
        await using SystemServer server = await SystemServer.StartAsync(
            "bsd44", module: CProgram.PamModule, before: "unshare --pid --fork --kill-child --mount-proc");
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("helped\n", await server.RunAsync("id -un", "helped"));
        }
    }
}
