using System.Net;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Inetd;
using Server = Rexecd.RexecServer;

namespace RexecConformance.Cli.Tests.Section6;

/// <summary>
/// What a client of the C library gets of each server: the table "Interaction results observed" of facts/dialects.md
/// section 6, and its sentences on late connects (facts 0.3) and on eaten bytes (facts 0.4). Copied by hand.
/// </summary>
public sealed class LibraryClientTable(LibraryClient client) : IClassFixture<LibraryClient>
{
    private const string Both = "echo out; echo err >&2";
    private const string OutAndErr = "rexec ok\nprimary 6f75740a6572720a\n";
    private const string OutThenErr = "rexec ok\nprimary 6f75740a\nstderr 6572720a\n";

    // read() has returned 0, and perror() says whatever the call before has left in errno.
    private const string EndOfFile = "^127[.]0[.]0[.]1: [A-Z][a-z A-Z/]+\n$";

    [SkippableTheory]
    [InlineData("bsd44", "secret", OutAndErr, "^$")]
    [InlineData("debian", "secret", OutAndErr, "^$")]
    [InlineData("inetutils", "secret", OutAndErr, "^$")]
    [InlineData("openbsd", "secret", OutAndErr, "^$")]
    [InlineData("bsd44", "wrong", "rexec failed\n", "^Password incorrect[.]\n$")]
    [InlineData("debian", "wrong", "rexec failed\n", EndOfFile)]
    [InlineData("inetutils", "wrong", "rexec failed\n", "^Password incorrect\n$")]
    [InlineData("openbsd", "wrong", "rexec failed\n", "^Permission denied[.]\n$")]
    [Trait("needs", "loopback")]
    public async Task Without_stderr(string dialect, string password, string output, string errors)
    {
        await using Server server = Start(dialect);
        await CheckAsync(server.EndPoint, password, Both, stderr: false, output, errors);
    }

    [SkippableTheory]
    [InlineData("bsd44", "secret", Both, OutThenErr, "^$")]
    [InlineData("debian", "secret", Both, OutThenErr, "^$")]
    [InlineData("inetutils", "secret", Both, "rexec failed\n", "^ut\n$")] // 'o' is taken for a status
    [InlineData("inetutils", "secret", "true", "rexec failed\n", EndOfFile)] // no first byte at all
    [InlineData("bsd44", "wrong", Both, "rexec failed\n", "^Password incorrect[.]\n$")]
    [InlineData("debian", "wrong", Both, "rexec failed\n", EndOfFile)]
    [InlineData("inetutils", "wrong", Both, "rexec failed\n", "^Password incorrect\n$")]
    [Trait("needs", "loopback")]
    public async Task With_stderr(string dialect, string password, string command, string output, string errors)
    {
        await using Server server = Start(dialect);
        await CheckAsync(server.EndPoint, password, command, stderr: true, output, errors);
    }

    [SkippableTheory]
    [InlineData("openbsd")]
    [InlineData("netkit010")]
    [Trait("needs", "loopback")]
    public async Task With_stderr_where_the_server_connects_late(string dialect)
    {
        LibraryClient.Needed();
        await using Server server = Start(dialect);
        Assert.True(await client.HangsAsync(server.EndPoint, "secret", Both), $"{dialect}: rexec() did not wait for the server, which waits for it");
    }

    [SkippableFact]
    [Trait("needs", "daemon")]
    public async Task The_daemon_answers_as_the_reference_server_does()
    {
        Needs.DebianDaemon();
        await using InetdHost daemon = await InetdHost.StartAsync(Needs.Daemon, [], Accounts.AccountFile.Default);
        await CheckAsync(daemon.IPv4EndPoint, "secret", Both, stderr: false, OutAndErr, "^$");
        await CheckAsync(daemon.IPv4EndPoint, "secret", Both, stderr: true, OutThenErr, "^$");
        await CheckAsync(daemon.IPv4EndPoint, "wrong", Both, stderr: true, "rexec failed\n", EndOfFile);
    }

    private static Server Start(string dialect) => Server.Start(new Rexecd.RexecServerOptions { Dialect = Rexecd.Dialect.Load(dialect) });

    private async Task CheckAsync(IPEndPoint server, string password, string command, bool stderr, string output, string errors)
    {
        LibraryClient.Needed();
        LibraryClientResult result = await client.RunAsync(server, password, command, stderr);
        Assert.Equal(output, result.Output);
        Assert.Matches(errors, result.Errors);
    }
}
