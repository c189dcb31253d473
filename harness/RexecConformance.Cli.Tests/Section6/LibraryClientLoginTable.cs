using System.Net;
using System.Net.Sockets;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Tests.Section6;

/// <summary>The same clients at a server with a system's accounts and login shells: nothing of it is in the scripted commands alone.</summary>
public sealed class LibraryClientLoginTable(LibraryClient client) : IClassFixture<LibraryClient>
{
    private const string Both = "echo out; echo err >&2";
    private const string OutAndErr = "rexec ok\nprimary 6f75740a6572720a\n";
    private const string OutThenErr = "rexec ok\nprimary 6f75740a\nstderr 6572720a\n";
    private const string Failed = "rexec failed\n";

    // read() has returned 0, and perror() says whatever the call before has left in errno.
    private const string EndOfFile = "^127[.]0[.]0[.]1: [A-Z][a-z A-Z/]+\n$";

    [SkippableTheory]
    [InlineData("bsd44", OutThenErr, "^$", "^Password incorrect[.]\n$")]
    [InlineData("debian", OutThenErr, "^$", EndOfFile)]
    [InlineData("inetutils", Failed, "^ut\n$", "^Password incorrect\n$")] // 'o' is taken for a status
    [InlineData("openbsd", null, null, "^Permission denied[.]\n$")] // it hangs
    [Trait("needs", "root")]
    public async Task They_get_what_they_get_of_the_real_ones(string dialect, string? withStderr, string? said, string refused)
    {
        LibraryClient.Needed();
        Needs.Namespaces();
        PlannedTarget planned = TargetOpener.Plan([$"reference:{dialect},accounts=system,commands=login"], null, Suite.Tree)[0];
        await using ITarget target = await TargetOpener.OpenAsync(planned, Fixtures.None, CancellationToken.None);
        IPEndPoint server = (await target.EndPointAsync(AddressFamily.InterNetwork, ServerSetup.Plain, CancellationToken.None))!;

        Assert.Equal(new LibraryClientResult(OutAndErr, ""), await client.RunAsync(server, "secret", Both, stderr: false));
        LibraryClientResult wrong = await client.RunAsync(server, "wrong", Both, stderr: false);
        Assert.Equal(Failed, wrong.Output);
        Assert.Matches(refused, wrong.Errors);
        if (withStderr is null)
        {
            Assert.True(await client.HangsAsync(server, "secret", Both));
            return;
        }

        LibraryClientResult result = await client.RunAsync(server, "secret", Both, stderr: true);
        Assert.Equal(withStderr, result.Output);
        Assert.Matches(said!, result.Errors);
    }
}
