using Rexecd;
using RexecConformance.Testing;

namespace RexecConformance.Packaging.Tests;

/// <summary>What a server's author uses, on the reference server.</summary>
public sealed class LibraryTests : IDisposable
{
    private static readonly string s_scenarios = Path.Combine(Repository.Folder, "scenarios");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rexec-library-");

    [Fact]
    public async Task All_rows_of_a_dialect_are_right_when_asked_for_at_once_by_two_classes()
    {
        await using var server = new Served("debian");
        IReadOnlyList<RexecRow> first = Rows("debian");
        IReadOnlyList<RexecRow> second = Rows("debian", "username-*");
        string[] outcomes = await Task.WhenAll(first.Concat(second).Select(row => Task.Run(() => OutcomeAsync(server, row))));
        Assert.DoesNotContain(outcomes, outcome => outcome.StartsWith("red", StringComparison.Ordinal));
        Assert.True(outcomes.Count(outcome => outcome == "green") > 500, $"{outcomes.Count(outcome => outcome == "green")} rows are green");
        Assert.All(outcomes.Where(outcome => outcome != "green"), outcome => Assert.StartsWith("unsupported: the target ", outcome, StringComparison.Ordinal));
        Assert.Equal(1, server.Starts);
    }

    [Fact]
    public async Task Red_row_says_what_the_summary_says_and_no_password()
    {
        await using var server = new Served("debian");
        string outcome = await OutcomeAsync(server, Rows("bsd44", "username-15#whole").Single());
        Assert.StartsWith("red: FAIL A user name of 15 characters\n", outcome, StringComparison.Ordinal);
        Assert.Contains("primary: at offset 0 expected 01, received 00", outcome, StringComparison.Ordinal);
        Assert.Contains($"again: rexec-conformance run --target {server.Target} --dialect bsd44 --id 'username-15#whole'", outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("debian", "xfail: longer names")]
    [InlineData("bsd44", "red: XPASS A user name of 15 characters")]
    public async Task Known_deviation_is_skipped_and_one_that_passes_is_red(string serves, string says)
    {
        await using var server = new Served(serves)
        {
            Deviations = Write(
                """
                format: 1
                deviations:
                  - scenario: "username-15#whole"
                    observed:
                      primary: { bytes: "\0out\n", end: fin }
                    reason: "longer names"
                    since: "1"
                    review-by: 2099-01-01
                """),
        };
        Assert.StartsWith(says, await OutcomeAsync(server, Rows("bsd44", "username-15#whole").Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_those_of_the_file_and_of_the_one_besides()
    {
        const string Good = "  good: { name: good, password: secret, uid: 7001, gid: 7001, home: /home/good, shell: /bin/sh }";
        const string Other = "  victim: { name: victim, password: secret, uid: 7002, gid: 7002, home: /home/victim, shell: /bin/sh }";
        string file = Write($"format: 1\naccounts:\n{Good}\n");
        await using var poor = new Served("debian") { Accounts = file };
        Assert.StartsWith("unsupported: the target has no account 'root'", await OutcomeAsync(poor, RootRow()), StringComparison.Ordinal);
        Assert.Equal("green", await OutcomeAsync(poor, Rows("debian", "success#whole").Single()));

        await using var richer = new Served("debian")
        {
            Accounts = file,
            ExtraAccounts = Write($"format: 1\naccounts:\n{Other}\n  root: {{ name: root, password: secret, uid: 0, gid: 0, home: /root, shell: /bin/sh }}\n"),
        };
        Assert.Equal("green", await OutcomeAsync(richer, RootRow()));
    }

    [Fact]
    public async Task Server_that_does_not_start_is_told_once()
    {
        await using var server = new Testing.RexecServer(_ => throw new InvalidOperationException("no licence"));
        string[] outcomes = await Task.WhenAll(Rows("debian", "username-1?").Select(row => OutcomeAsync(server, row)));
        Assert.Single(outcomes, outcome => outcome == "error: InvalidOperationException: no licence");
        Assert.All(outcomes.Where(outcome => !outcome.StartsWith("error", StringComparison.Ordinal)), outcome => Assert.Equal("not judged: InvalidOperationException: no licence", outcome));
    }

    [Fact]
    public async Task Rows_that_still_wait_end_with_the_server()
    {
        var server = new Served("debian");
        Task<string> waiting = OutcomeAsync(server, Rows("debian", "port-time-out-60s#whole").Single());
        await server.Asked;
        await server.DisposeAsync();
        Assert.StartsWith("error: ", await waiting, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => server.CheckAsync(Rows("debian", "success#whole").Single()));
    }

    [Fact]
    public void What_is_asked_for_wrongly_is_one_line()
    {
        Assert.StartsWith("there is no dialect 'bsd99', expected one of: aix", Assert.Throws<RexecDataException>(() => Rows("bsd99")).Message, StringComparison.Ordinal);
        Assert.Equal("no scenario matches the filter", Assert.Throws<RexecDataException>(() => Rows("debian", "nothing-*")).Message);
        Assert.Contains("is no directory", Assert.Throws<RexecDataException>(() => RexecRows.Of(new RexecSelection("debian") { Scenarios = "/nowhere" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slow_rows_are_asked_for_by_name()
    {
        Assert.DoesNotContain(Rows("debian"), row => row.Tags.Contains("slow"));
        Assert.Contains(Rows("debian", "port-time-out-60s"), row => row.Tags.Contains("slow"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static RexecRow RootRow() => Rows("debian", "root-login#whole").Single();

    private static IReadOnlyList<RexecRow> Rows(string dialect, params string[] ids) =>
        RexecRowSet.Of(new RexecSelection(dialect) { Ids = ids, Scenarios = s_scenarios }).Rows;

    private static async Task<string> OutcomeAsync(Testing.RexecServer server, RexecRow row)
    {
        try
        {
            await server.CheckAsync(row);
            return "green";
        }
        catch (RexecFailedException e)
        {
            return "red: " + e.Message;
        }
        catch (RexecSkippedException e)
        {
            return e.Reason;
        }
        catch (RexecServerException e)
        {
            return "error: " + e.Message;
        }
    }

    private string Write(string text)
    {
        string file = Path.Combine(_folder.FullName, Path.GetRandomFileName() + ".yaml");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>The reference server as a test of its own would start it.</summary>
    private sealed class Served(string dialect) : Testing.RexecServer
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Rexecd.RexecServer? _server;

        public int Starts { get; private set; }

        public string Target => $"tcp:127.0.0.1:{_server!.EndPoint.Port}";

        /// <summary>Completes when it is started.</summary>
        public Task Asked => _asked.Task;

        protected override Task<string> StartAsync(CancellationToken cancel)
        {
            Starts++;
            _server = Rexecd.RexecServer.Start(new RexecServerOptions { Dialect = Dialect.Load(dialect) });
            _asked.SetResult();
            return Task.FromResult(Target);
        }

        protected override ValueTask StopAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
