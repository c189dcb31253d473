using RexecConformance.Dialects;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Tests.Scenarios;

namespace RexecConformance.Tests.Running;

/// <summary>Shards together do what one run does.</summary>
[Trait("needs", "loopback")]
public sealed class ShardedRunTests
{
    private static readonly Variant[] s_wrongPasswords = [.. Enumerable.Range(0, 12).SelectMany(i => Variant.Of(
        Texts.Scenario("  - username: good\n  - password: secret", "  - username: ${victim.name}\n  - password: wrong") with { Id = $"wrong-{i}" }))];

    private static readonly Dialect s_dialect = new()
    {
        Name = "small",
        Title = "small",
        Properties = new[] { ("status-stream", "primary"), ("aux-connect", "after-port") }
            .ToDictionary(p => p.Item1, p => new DialectProperty(p.Item1, p.Item2, new Basis(BasisKind.Observed, "this test", null, null))),
        Diagnostics = new Dictionary<string, Diagnostic>(),
        File = "test.yaml",
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public async Task Somebodys_server_gets_no_more_wrong_passwords_from_all_shards_than_from_one_run(int of)
    {
        Assert.All(s_wrongPasswords, variant => Assert.True(BadLogins.Sends(variant.Scenario)));
        string[] one = await DrivenAsync(null);
        Assert.Equal(5, one.Length);
        var together = new List<string>();
        for (int number = 1; number <= of; number++)
        {
            together.AddRange(await DrivenAsync(new Shard(number, of)));
        }

        Assert.Equal(one.Order(), together.Order());
    }

    [Fact]
    public async Task Each_variant_has_one_result_in_all_shards()
    {
        var names = new List<string>();
        for (int number = 1; number <= 5; number++)
        {
            names.AddRange((await RunAsync(new Shard(number, 5))).Results.Select(result => result.Variant.Name));
        }

        Assert.Equal(s_wrongPasswords.Select(variant => variant.Name).Order(), names.Order());
    }

    private static async Task<string[]> DrivenAsync(Shard? shard) =>
        [.. (await RunAsync(shard)).Results.Where(result => result.Verdict != Verdict.Unsupported).Select(result => result.Variant.Name)];

    private static async Task<TargetResult> RunAsync(Shard? shard)
    {
        await using var server = new StubServer((client, _, cancel) => StubServer.AnswerAsync(client, [0], cancel)) { IsLoopback = false };
        var options = new RunOptions
        {
            Canary = false,
            Rate = 0,
            MaxBadLogins = 5,
            Shard = shard is null ? null : new ShardedScenarios(shard, s_wrongPasswords.Select(variant => variant.Scenario)),
        };
        return await new Runner(options, new Watcher()).RunAsync(server, s_dialect, s_wrongPasswords, CancellationToken.None);
    }

    private sealed class Watcher : IRunObserver
    {
        public void Started(ITarget target, int variants)
        {
        }

        public void Finished(VariantResult result)
        {
        }
    }
}
