using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Authoring;

/// <summary>Every load of a data file shows the mistake in its line, and no password.</summary>
[Trait("needs", "nothing")]
public sealed class CaretTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rexec-caret-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("validate")]
    [InlineData("list")]
    [InlineData("run")]
    [InlineData("explain", "a")]
    public async Task Of_a_scenario(params string[] verb)
    {
        string file = Write("mine/cases/a.yaml", "format: 1\nid: a\ntitle: A\nlevel: must\nrequires: [status-byte]\ntagss: [x]\nsend: [{ bytes: x }]\nexpect:\n  - accepted: {}\n");
        CommandResult result = await CommandProcess.RunAsync([.. verb, "--scenarios", Path.Combine(_folder, "mine")]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        string[] lines = result.Errors.Split('\n');
        Assert.StartsWith($"{file}:6:1: a scenario has an unknown key 'tagss', expected one of: ", lines[0]);
        Assert.EndsWith("; did you mean 'tags'?", lines[0]);
        Assert.Equal(["  tagss: [x]", "  ^", "1 problem", ""], lines[1..]);
    }

    [Fact]
    public async Task Of_a_target_without_its_passwords()
    {
        string file = Write("t.yaml", "format: 1\ntarget: tcp:127.0.0.1:1\ndialect: debian\ncapabilties: []\naccounts:\n  good: { name: a, password: hunter2hunter2 }\n");
        CommandResult result = await CommandProcess.RunAsync("run", "--target", "file:" + file);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"{file}:4:1: ", result.Errors);
        Assert.Contains("did you mean 'capabilities'?", result.Errors);
        Assert.DoesNotContain("hunter2", result.Errors);
        Assert.Equal(2, result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        file = Write("u.yaml", "format: 1\ntarget: tcp:127.0.0.1:1\ndialect: debian\ncapabilties: []\n");
        result = await CommandProcess.RunAsync("run", "--target", "file:" + file);
        Assert.Contains("\n  capabilties: []\n  ^\n", result.Errors);
    }

    [Fact]
    public async Task Of_accounts_no_line()
    {
        Write("mine/cases/a.yaml", "format: 1\nid: a\ntitle: A\nlevel: must\nrequires: [status-byte]\nsend: [{ bytes: x }]\nexpect:\n  - accepted: {}\n");
        string file = Write("mine/accounts.yaml", "format: 1\naccounts:\n  me: { nam: a, password: hunter2hunter2 }\n");
        CommandResult result = await CommandProcess.RunAsync("validate", "--scenarios", Path.Combine(_folder, "mine"));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{file}:3:", result.Errors);
        Assert.DoesNotContain("hunter2", result.Errors);
    }

    [Theory]
    [InlineData("there is no scenario 'sucess'", 4, "sucess")]
    [InlineData("has no segmentation 'bytes', expected one of: whole", 4, "success#bytes")]
    [InlineData("there is no dialect 'debain'", 2, "success", "--dialect", "debain")]
    [InlineData("expected file:TARGET.yaml", 2, "success", "--target", "reference")]
    public async Task Explain_says_in_one_line_what_is_wrong(string words, int exitCode, params string[] arguments)
    {
        CommandResult result = await CommandProcess.RunAsync(["explain", .. arguments, "--scenarios", Repository.Scenarios]);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Explain_shows_the_accounts_of_a_target_file_and_not_their_passwords()
    {
        string file = Write("t.yaml", "format: 1\ntarget: tcp:127.0.0.1:1\ndialect: debian\naccounts:\n  good: { name: alice, password: hunter2hunter2 }\n");
        CommandResult result = await CommandProcess.RunAsync("explain", "success", "--target", "file:" + file, "--scenarios", Repository.Scenarios);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("sends username \"alice\\0\"", result.Output);
        Assert.Contains("sends password \"******\\0\"", result.Output);
        Assert.DoesNotContain("hunter2", result.Output);
        Assert.Contains("\nthe server, in debian\n", result.Output);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
