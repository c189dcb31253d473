namespace Rexecd.Tests;

/// <summary>Failures that a client cannot cause: who forks, who makes a pipe, and when.</summary>
public class FaultTests
{
    [Theory]
    [InlineData("bsd44", true, "\0\u0001Try again.\n", "")]
    [InlineData("bsd44", false, "\0out\n", null)]
    [InlineData("debian", true, "\0out\n", "")]
    [InlineData("solaris", true, "", "\u0001Try again.\n")]
    [InlineData("inetutils", true, "\u0001Try again\n", "")]
    [InlineData("inetutils", false, "\0out\n", null)]
    [InlineData("sco", true, "\u0001Try again\n", "")]
    [InlineData("illumos", true, "\0\u0001Try again.\n", "")]
    [InlineData("illumos", false, "\0out\n", null)]
    [InlineData("mks", true, "\0\u0001Try again.\n", "")]
    [InlineData("interix", false, "\0out\n", null)]
    public async Task Failing_fork_or_pipe_shows_only_where_there_is_one(string dialect, bool aux, string primary, string? onAux)
    {
        foreach (Fault fault in new[] { Fault.Fork, Fault.Pipe })
        {
            await using RexecServer server = SessionTests.Start(dialect, o => o with { Faults = new HashSet<Fault> { fault } });
            (Reply Primary, Reply? Aux) replies = await Client.ExchangeAsync(server.EndPoint, "good", "secret", "echo out", aux);
            Assert.Equal((new Reply(primary, "fin"), onAux is null ? null : new Reply(onAux, "fin")), replies);
        }
    }

    [Fact]
    public async Task Pipe_has_a_text_of_its_own_and_comes_before_the_fork()
    {
        await using RexecServer server = SessionTests.Start("bsd44", o => o with
        {
            Dialect = o.Dialect.With("pipe.failed", "Try again later."),
            Faults = new HashSet<Fault> { Fault.Fork, Fault.Pipe },
        });
        Assert.Equal("\0\u0001Try again later.\n", (await Client.ExchangeAsync(server.EndPoint, "good", "secret", "true", aux: true)).Primary.Text);
    }

    [Theory]
    [InlineData("inetutils", "\u0001Try again\n", "")]
    [InlineData("illumos", "\0\u0001Try again.\n", "")]
    public async Task Fork_comes_before_the_home_directory(string dialect, string primary, string aux)
    {
        await using RexecServer server = SessionTests.Start(dialect, o => o with { Faults = new HashSet<Fault> { Fault.Fork } });
        Assert.Equal(
            (new Reply(primary, "fin"), new Reply(aux, "fin")),
            await Client.ExchangeAsync(server.EndPoint, "nohome", "secret", "true", aux: true));
    }
}
