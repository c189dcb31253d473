using System.Diagnostics;
using Posix;

namespace Rexecd.Tests.RealLogins;

/// <summary><c>--commands login</c>: what a command finds itself as, and what is told if it can't be started.</summary>
[Collection("alone")]
public class LoginShellTests
{
    // No pipe, which would be a descriptor of the shell's own.
    internal const string ListDescriptors = "for n in /proc/$$/fd/*; do readlink $n; done";

    [SkippableTheory]
    [InlineData("debian")]
    [InlineData("bsd44")]
    public async Task Command_is_the_user_in_his_home(string dialect)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect);
        Assert.Equal("good 2001 2001\n", await server.RunAsync("echo $(id -un) $(id -u) $(id -g)"));
        Assert.Equal("2001 3001 3002\n", await server.RunAsync("id -G"));
        Assert.Equal("/mnt/good\n", await server.RunAsync("pwd"));
        Assert.Equal("sh\n", await server.RunAsync("echo $0"));
        Assert.Equal("0022\n", await server.RunAsync("umask"));
        Assert.Equal("1024\n", await server.RunAsync("ulimit -n"));
        Assert.Equal("CapEff:\t0000000000000000\n", await server.RunAsync("grep CapEff /proc/self/status"));
        Assert.Equal("SigBlk:\t0000000000000000\n", await server.RunAsync("grep SigBlk /proc/self/status"));

        Assert.Equal("SigIgn:\t0000000000000000\n", await server.RunAsync("grep SigIgn /proc/self/status"));
        Assert.Equal("0\n", await server.RunAsync("id -u", "root"));
        foreach (string thread in Directory.GetDirectories($"/proc/{server.Id}/task"))
        {
            Assert.Contains("Uid:\t0\t0\t0\t0\n", File.ReadAllText($"{thread}/status"));
        }
    }

    [SkippableTheory]
    [InlineData("debian", "good", "HOME=/mnt/good PATH=/usr/bin:/bin SHELL=/bin/sh USER=good")]
    [InlineData("bsd44", "noshell", "HOME=/mnt/good PATH=/usr/bin:/bin SHELL=/bin/sh USER=noshell")]
    [InlineData("inetutils", "noshell", "HOME=/mnt/good LOGNAME=noshell PATH=/usr/bin:/bin RHOST=127.0.0.1 SHELL= USER=noshell")]
    public async Task Environment_is_what_the_dialect_says_and_nothing_else(string dialect, string user, string expected)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect);

        // The shell adds PWD of its own for its children; /proc has what it was started with.
        Assert.Equal(expected, (await server.RunAsync("tr '\\000' '\\n' </proc/$$/environ | sort | tr '\\n' ' '", user)).TrimEnd());
    }

    [SkippableTheory]
    [InlineData("bsd44", false, "socket socket socket")]
    [InlineData("bsd44", true, "socket socket pipe")]
    [InlineData("debian", true, "socket socket socket")]
    public async Task Command_has_three_descriptors(string dialect, bool aux, string kinds)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect);
        (Reply primary, _) = await Client.ExchangeAsync(server.EndPoint, "good", "secret", ListDescriptors, aux);
        Assert.Equal("\0" + kinds, Kinds(primary.Text));
    }

    [SkippableTheory]
    [InlineData("debian", "badsh", "\0", "/bin/nosuchshell: No such file or directory\n")]
    [InlineData("debian", "noexec", "\0", "/etc/passwd: Permission denied\n")]
    [InlineData("bsd44", "nohome", "\u0001No remote directory.\n", "")]
    [InlineData("debian", "nohome", "\0", "\u0001No remote directory.\n")]
    [InlineData("inetutils", "nohome", "", "\u0001No remote directory\n")]
    [InlineData("bsd44", "closed", "\0ran\n", "")] // changed to as root, before the ids are
    [InlineData("debian", "closed", "\0", "\u0001No remote directory.\n")]
    [InlineData("inetutils", "closed", "", "\u0001No remote directory\n")]
    public async Task Failure_is_told_where_the_dialect_has_it(string dialect, string user, string primary, string aux)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect);
        Assert.Equal(
            (new Reply(primary, "fin"), new Reply(aux, "fin")),
            await Client.ExchangeAsync(server.EndPoint, user, "secret", "echo ran", aux: true));
    }

    [SkippableFact]
    public async Task Filter_of_a_container_takes_nothing_away()
    {
        Needs.Root();
        await using SystemServer server = await SystemServer.StartAsync("debian", before: CProgram.WithoutUnshare);
        Assert.Equal("good 2001 3001 3002 /mnt/good\n", await server.RunAsync("echo $(id -un) $(id -G) $(pwd)"));
        Assert.Equal("\0\u0001No remote directory.\n", (await Client.ExchangeAsync(server.EndPoint, "closed", "secret", "true")).Primary.Text);
        Assert.Equal("\0\u0001No remote directory.\n", (await Client.ExchangeAsync(server.EndPoint, "nohome", "secret", "true")).Primary.Text);
        Assert.Equal("\0/etc/passwd: Permission denied\n", (await Client.ExchangeAsync(server.EndPoint, "noexec", "secret", "true")).Primary.Text);
        Assert.Equal("0022\n", await server.RunAsync("umask"));
        Assert.NotEqual("/mnt/good", new DirectoryInfo($"/proc/{server.Id}/cwd").ResolveLinkTarget(false)?.FullName);
    }

    [SkippableTheory]
    [InlineData("illumos", true)]
    [InlineData("bsd44", false)]
    public async Task Command_leads_a_group_or_a_session(string dialect, bool session)
    {
        await using SystemServer server = await SystemServer.StartAsync(dialect);
        string[] ids = (await server.RunAsync("set -- $(sed 's/.*) //' /proc/$$/stat); echo $$ $3 $4")).TrimEnd().Split(' ');
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(session, ids[0] == ids[2]);
    }

    [SkippableFact]
    public async Task Accounts_of_a_file_log_in_too()
    {
        using var file = new TemporaryFile("accounts:\n  a: {name: ann, hash: \"$5$rounds=1000$suite$" + Hash() + "\", uid: 4001, gid: 4002, home: /mnt, shell: /bin/sh}\n");
        await using SystemServer server = await SystemServer.StartAsync("bsd44", $"--accounts {file.Path}");
        Assert.Equal("4001 4002 /mnt\n", await server.RunAsync("echo $(id -u) $(id -G) $(pwd)", "ann"));
        Assert.Equal("\u0001Password incorrect.\n", (await Client.ExchangeAsync(server.EndPoint, "ann", "secre", "true")).Primary.Text);
    }

    [SkippableFact]
    public async Task Login_needs_root()
    {
        Needs.Root();
        var start = new ProcessStartInfo("setpriv", ["--reuid", "65534", "--clear-groups", InetdProcess.Command, "--listen", "127.0.0.1:0", "--commands", "login"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Assert.StartsWith("rexecd: --commands login needs root", await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
    }

    [SkippableFact]
    public async Task System_without_PAM_is_one_line()
    {
        Needs.Root();
        const string Hide = "set -e; for f in $(ldconfig -p | sed -n 's/.*libpam\\.so\\.0.* => //p'); do mount -n --bind /dev/null $f; done; exec ";
        var start = new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "/bin/sh", "-c", $"{Hide}{InetdProcess.Command} --listen 127.0.0.1:0 --accounts system"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Assert.Equal("rexecd: --accounts system needs PAM: libpam.so.0 is missing (Debian: libpam0g)\n", await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
    }

    private static string Hash()
    {
        Needs.Root();
        return ByteText.Text(Crypt.Hash("secret"u8, "$5$rounds=1000$suite$")!).Split('$')[^1];
    }

    /// <summary>Lines such as <c>socket:[4711]</c> as words.</summary>
    internal static string Kinds(string lines) => string.Join(' ', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]));
}
