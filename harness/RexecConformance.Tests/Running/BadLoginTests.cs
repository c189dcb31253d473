using RexecConformance.Running;
using RexecConformance.Tests.Scenarios;

namespace RexecConformance.Tests.Running;

/// <summary>Which cases may lock an account of a real machine.</summary>
[Trait("needs", "nothing")]
public sealed class BadLoginTests
{
    [Theory]
    [InlineData("${victim.name}", "wrong", true)]
    [InlineData("${victim.name}", "${victim.password}x", true)]
    [InlineData("${victim.name}", "x${victim.password}", true)]
    [InlineData("${victim.name}", "${victim.password}", false)]
    [InlineData("${good.name}", "${good.password}", false)]
    [InlineData("nosuchuser", "wrong", false)]
    public void A_wrong_password_for_an_account_that_exists(string user, string password, bool bad) =>
        Assert.Equal(bad, BadLogins.Sends(Texts.Scenario(
            "  - username: good\n  - password: secret", $"  - username: {user}\n  - password: {password}")));

    [Fact]
    public async Task The_rate_spaces_connections_evenly()
    {
        var limit = new RateLimit(perMinute: 600); // one in 100 ms
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => limit.WaitAsync(CancellationToken.None).AsTask()));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds, 480, 5000);
    }

    [Fact]
    public async Task A_pause_saves_nothing_up()
    {
        var limit = new RateLimit(perMinute: 600);
        await limit.WaitAsync(CancellationToken.None);
        await Task.Delay(400);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => limit.WaitAsync(CancellationToken.None).AsTask()));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds, 280, 5000);
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        var limit = new RateLimit(perMinute: 0);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(limit.WaitAsync(CancellationToken.None).IsCompletedSuccessfully);
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        var limit = new RateLimit(perMinute: 1);
        await limit.WaitAsync(CancellationToken.None);
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limit.WaitAsync(cancel.Token));
    }
}
