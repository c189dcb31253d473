using RexecConformance.Accounts;
using RexecConformance.Inetd;

namespace RexecConformance.Tests.Inetd;

/// <summary>A target that cannot start says why in one line.</summary>
[Trait("needs", "daemon")]
[Collection(AloneCollection.Name)]
public sealed class StartErrorTests
{
    [SkippableTheory]
    [InlineData("in.rexecd", "inetd:in.rexecd: the program must be an absolute path, as in inetd:/usr/sbin/in.rexecd")]
    [InlineData("/nosuchdaemon", "/nosuchdaemon does not exist: install the daemon (Debian: rsh-server) or name another program")]
    [InlineData("/usr/sbin", "/usr/sbin is a directory: name the daemon's program")]
    [InlineData("/etc/passwd", "/etc/passwd is not executable: chmod +x it, or name another program")]
    public async Task The_program_is_wrong(string path, string message)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux: mount namespaces");
        var e = await Assert.ThrowsAsync<TargetStartException>(() => InetdHost.StartAsync(path, [], AccountFile.Default));
        Assert.Equal(message, e.Message);
    }

    [Fact]
    public async Task It_needs_Linux_and_says_so_nowhere_else_than_elsewhere()
    {
        string said = "";
        try
        {
            await using InetdHost host = await InetdHost.StartAsync("/bin/sh", [], AccountFile.Default);
        }
        catch (TargetStartException e)
        {
            said = e.Message;
        }

        Assert.Equal(!OperatingSystem.IsLinux(), said.Contains("needs Linux", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_failed_mount_is_told_with_its_reason_and_leaves_nothing()
    {
        Needs.Namespaces();

        // A home that cannot be made: its name is longer than a file name may be.
        AccountFile accounts = AccountFile.Parse(
            "format: 1\naccounts:\n  a: { name: a, password: '', uid: 5, gid: 5, home: /home/x, shell: '' }\n"
            + $"  b: {{ name: b, password: '', uid: 5, gid: 5, home: /home/{new string('y', 300)}, shell: '' }}\n",
            "test");
        int children = Machine.ChildrenOf(Environment.ProcessId).Count;
        var e = await Assert.ThrowsAsync<TargetStartException>(() => InetdHost.StartAsync("/bin/true", [], accounts));
        Assert.Matches("^the mount namespace could not be set up: mkdir: cannot create directory .*File name too long \\(root [^\\n]+$", e.Message);
        Assert.True(Machine.ChildrenOf(Environment.ProcessId).Count <= children);
    }

    [SkippableFact]
    public async Task Giving_up_leaves_nothing()
    {
        Needs.Namespaces();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InetdHost.StartAsync("/bin/true", [], AccountFile.Default, cancelled.Token));
    }
}
