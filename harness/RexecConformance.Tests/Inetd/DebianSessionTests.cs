using System.Net.Sockets;

namespace RexecConformance.Tests.Inetd;

/// <summary>What a command of Debian's in.rexecd finds around it: shows that the daemon is started as inetd would start it.</summary>
[Trait("needs", "daemon")]
public sealed class DebianSessionTests(DebianFixture debian) : IClassFixture<DebianFixture>
{
    [SkippableTheory]
    [InlineData("echo out", "out\n")]
    [InlineData("", "")]
    [InlineData("pwd", "/home/good\n")]
    [InlineData("id -un", "good\n")]
    [InlineData("id", "uid=2001(good) gid=2001(good) groups=2001(good)\n")]
    [InlineData("env", "USER=good\nHOME=/home/good\nPATH=/usr/bin:/bin\nSHELL=/bin/sh\nPWD=/home/good\n")]
    [InlineData("nosuch", "sh: 1: nosuch: not found\n")]
    [InlineData("exit 7", "")]
    [InlineData("umask; ulimit -Sn", "0022\n1024\n")]
    [InlineData("touch new && stat -c '%U %a' . new", "good 755\ngood 644\n")]
    [InlineData("cat /etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")]
    [InlineData("ls /proc/self/fd", "0\n1\n2\n3\n")] // 3 is the directory that ls reads: nothing else is inherited
    [InlineData("[ $(ps -o sid= -p $$) = $$ ] && echo leader", "leader\n")]
    public async Task A_command_prints(string command, string output)
    {
        Reply reply = await Client.Send(await debian.Address(), "good", "secret", command);
        Assert.Equal(new Stream("\0" + output, "FIN"), reply.Primary);
    }

    [SkippableTheory]
    [InlineData("cat", "hello", "\0hello")]
    [InlineData("cat >&2", "hello", "\0hello")]
    public async Task Standard_input_is_the_connection(string command, string input, string output)
    {
        Reply reply = await Client.SendRaw(await debian.Address(), $"\0good\0secret\0{command}\0{input}", halfClose: true);
        Assert.Equal(new Stream(output, "FIN"), reply.Primary);
    }

    [SkippableFact]
    public async Task Unread_input_makes_the_end_a_reset()
    {
        Reply reply = await Client.Send(await debian.Address(), "good", "secret", "echo hi", after: new string('x', 1000));
        Assert.Equal(new Stream("\0hi\n", "RST"), reply.Primary);
    }

    [SkippableFact]
    public async Task Two_megabytes_of_command_are_too_many_for_the_shell()
    {
        Reply reply = await Client.Send(await debian.Address(), "good", "secret", new string('x', 2 << 20));
        Assert.Equal(new Stream("\0/bin/sh: Argument list too long\n", "FIN"), reply.Primary);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("\0")]
    [InlineData("\0go")]
    [InlineData("\0good\0sec")]
    [InlineData("\0good\0secret\0echo")]
    public async Task The_end_inside_a_field_ends_in_silence(string request)
    {
        Reply reply = await Client.SendRaw(await debian.Address(), request, halfClose: true);
        Assert.Equal(new Stream("", "FIN"), reply.Primary);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signal_byte_is_not_read(bool ipv6)
    {
        Reply reply = await Client.SendWithAuxiliary(
            await debian.Address(ipv6),
            "good",
            "secret",
            "trap 'echo TERM' 15; sleep 1; echo end",
            auxiliary => auxiliary.SendAsync(new byte[] { 15 }));
        Assert.Equal(new Stream("\0end\n", "FIN"), reply.Primary);
        Assert.Equal(new Stream("", "RST"), reply.Auxiliary);
    }

    [SkippableFact]
    public async Task A_half_closed_auxiliary_connection_still_carries_stderr()
    {
        Reply reply = await Client.SendWithAuxiliary(await debian.Address(), "good", "secret", "sleep 0.2; echo err >&2", auxiliary =>
        {
            auxiliary.Shutdown(SocketShutdown.Send);
            return Task.CompletedTask;
        });
        Assert.Equal(new Stream("\0", "FIN"), reply.Primary);
        Assert.Equal(new Stream("err\n", "FIN"), reply.Auxiliary);
    }

    // The host keeps no share of the connection: it ends when the last holder in the namespace ends, and not before.
    [SkippableFact]
    public async Task A_background_job_holds_both_connections()
    {
        Reply reply = await Client.SendWithAuxiliary(await debian.Address(), "good", "secret", "sleep 2 & echo out");
        Assert.Equal(new Stream("\0out\n", "FIN"), reply.Primary);
        Assert.Equal(new Stream("", "FIN"), reply.Auxiliary);
        Assert.InRange(reply.Took.TotalSeconds, 1.9, 3.5);
    }

    [SkippableFact]
    public async Task Closing_all_descriptors_ends_the_connection_before_the_command_ends()
    {
        Reply reply = await Client.Send(await debian.Address(), "good", "secret", "echo out; exec <&- >&- 2>&-; sleep 3");
        Assert.Equal(new Stream("\0out\n", "FIN"), reply.Primary);
        Assert.InRange(reply.Took.TotalSeconds, 0, 2);
    }
}
