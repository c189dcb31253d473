using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rexecd.Tests.RealLogins;

/// <summary><c>--inetd --commands login</c>: the shell takes the place of the server where nothing is left to do.</summary>
public class InPlaceTests
{
    private const string Accounts = "accounts:\n"
        + "  a: {name: ann, password: secret, uid: 4001, gid: 4002, home: /, shell: /bin/sh}\n"
        + "  b: {name: bob, password: secret, uid: 4003, gid: 4003, home: /, shell: /etc/passwd}\n"
        + "  c: {name: cat, password: secret, uid: 4004, gid: 4004, home: /root, shell: /bin/sh}\n";

    [SkippableTheory]
    [InlineData("bsd44", false, true)]
    [InlineData("debian", true, true)]
    [InlineData("bsd44", true, false)] // a parent stays, for the relay
    public void Process_of_the_server_is_that_of_the_shell(string dialect, bool aux, bool same)
    {
        (int server, string primary, _, int exit) = Run(dialect, "ann", "echo $$", aux);
        Assert.Equal(same, server == int.Parse(primary[1..], CultureInfo.InvariantCulture));
        Assert.Equal(0, exit);
    }

    [SkippableFact]
    public void Nothing_of_the_server_is_left_in_it()
    {
        Assert.Equal("\0" + "4001 4002 /\n", Run("bsd44", "ann", "echo $(id -u) $(id -G) $(pwd)").Primary);
        Assert.Equal("\0socket socket socket", LoginShellTests.Kinds(Run("bsd44", "ann", LoginShellTests.ListDescriptors).Primary));
        Assert.Equal("\0SigBlk:\t0000000000000000\n", Run("bsd44", "ann", "grep SigBlk /proc/self/status").Primary);

        Assert.Equal("\0SigIgn:\t0000000000000000\n", Run("bsd44", "ann", "grep SigIgn /proc/self/status").Primary);
        Assert.Equal("\0" + "1024\n", Run("bsd44", "ann", "ulimit -n").Primary);
        Assert.Equal("\0Threads:\t1\n", Run("bsd44", "ann", "grep Threads /proc/$$/status").Primary);
        Assert.Equal("\0HOME=/\nPATH=/usr/bin:/bin\nSHELL=/bin/sh\nUSER=ann\n", Run("bsd44", "ann", "tr '\\000' '\\n' </proc/$$/environ | sort").Primary);
    }

    [SkippableTheory]
    [InlineData("bsd44", false, "\0/etc/passwd: Permission denied\n", "")]
    [InlineData("debian", true, "\0", "/etc/passwd: Permission denied\n")]
    public void Shell_that_does_not_start_is_told(string dialect, bool aux, string primary, string stderr)
    {
        (_, string first, string second, int exit) = Run(dialect, "bob", "true", aux);
        Assert.Equal((primary, stderr, 0), (first, second, exit));
    }

    [SkippableTheory]
    [InlineData("debian", "\0\u0001No remote directory.\n")]
    [InlineData("bsd44", "\0/root\n")]
    public void Home_that_only_root_can_enter_is_the_dialect_s_affair(string dialect, string expected)
    {
        Skip.IfNot(!OperatingSystem.IsWindows() && Directory.Exists("/root") && !File.GetUnixFileMode("/root").HasFlag(UnixFileMode.OtherExecute), "needs a /root that others can't enter");
        Assert.Equal(expected, Run(dialect, "cat", "pwd").Primary);
    }

    private static (int Server, string Primary, string Stderr, int Exit) Run(string dialect, string user, string command, bool aux = false)
    {
        Needs.Root();
        using var accounts = new TemporaryFile(Accounts);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        string port = aux ? ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture) : "";
        using InetdProcess process = InetdProcess.Start(
            IPAddress.Loopback, $"{port}\0{user}\0secret\0{command}\0", "--dialect", dialect, "--accounts", accounts.Path, "--commands", "login");
        using Socket? stderr = aux ? listener.Accept() : null;
        string primary = process.Read().Text;
        var text = new System.Text.StringBuilder();
        byte[] buffer = new byte[4096];
        int count;
        while (stderr is not null && (count = stderr.Receive(buffer)) > 0)
        {
            text.Append(ByteText.Text(buffer.AsSpan(0, count)));
        }

        return (process.Id, primary, text.ToString(), process.Wait());
    }
}
