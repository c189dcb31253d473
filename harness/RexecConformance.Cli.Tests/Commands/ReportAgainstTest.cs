using System.Text.Json;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary>What changed between two runs, and the gate.</summary>
[Trait("needs", "loopback")]
public sealed class ReportAgainstTest : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-against-").FullName;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Of("text.yaml"), "format: 1\nlogin.bad-password: \"Go away\"\n");
        await Task.WhenAll(
            RunAsync("old", "--target", "reference:bsd44"),
            RunAsync("same", "--target", "reference:bsd44"),
            RunAsync("worse", "--target", $"reference:bsd44,dialect-file={Of("text.yaml")}", "--dialect", "bsd44"),
            RunAsync("version", "--target", "recorded:inetutils"));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Two_runs_of_one_server_have_no_difference()
    {
        CommandResult result = await AgainstAsync("same", "old", "--gate", "any");
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("nothing changed in", result.Output);
    }

    [Theory]
    [InlineData("worse", "old", null, 1)]
    [InlineData("worse", "old", "worse", 1)]
    [InlineData("worse", "old", "any", 1)]
    [InlineData("worse", "old", "none", 0)]
    [InlineData("old", "worse", "worse", 0)]
    [InlineData("old", "worse", "any", 1)]
    public async Task The_gate_decides(string newer, string older, string? gate, int exitCode)
    {
        CommandResult result = await AgainstAsync(newer, older, gate is null ? [] : ["--gate", gate]);
        Assert.True(result.ExitCode == exitCode, result.Output + result.Errors);
        Assert.Contains(newer == "worse" ? "red, and was not: " : "no longer red: ", result.Output);
        Assert.Contains("Go away", result.Output);
        Assert.Contains("Password incorrect", result.Output);
    }

    [Fact]
    public async Task Another_server_is_compared_though_its_name_is_another()
    {
        CommandResult result = await AgainstAsync("version", "old", "--gate", "any", "--report", "json=" + Of("changes.json"), "--report", "markdown=" + Of("changes.md"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("reference:bsd44 as bsd44 -> recorded:inetutils as inetutils", result.Output);
        string[] records = await File.ReadAllLinesAsync(Of("changes.json"));
        Assert.Equal(1, JsonDocument.Parse(records[^1]).RootElement.GetProperty("exitCode").GetInt32());
        Assert.StartsWith("## rexec conformance: ", await File.ReadAllTextAsync(Of("changes.md")));

        CommandResult again = await CommandProcess.RunAsync("report", Of("changes.json"));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("is a result of changes", again.Errors);
    }

    private string Of(string name) => Path.Combine(_folder, name);

    private Task<CommandResult> AgainstAsync(string newer, string older, params string[] more) =>
        CommandProcess.RunAsync(["report", Of(newer + ".json"), "--against", Of(older + ".json"), .. more]);

    private async Task RunAsync(string name, params string[] arguments)
    {
        CommandResult result = await CommandProcess.RunAsync(
            ["run", .. arguments, "--id", "bad-password*", "--id", "success*", "--id", "eof*", "--scenarios", Repository.Scenarios, "--report", $"json={Of(name + ".json")}"]);
        Assert.True(result.ExitCode is 0 or 1, result.Errors);
    }
}
