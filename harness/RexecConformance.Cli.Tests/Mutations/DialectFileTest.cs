using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Mutations;

/// <summary>The same from the outside: a file with a changed entry makes the command's exit code 1.</summary>
[Trait("needs", "loopback")]
public sealed class DialectFileTest : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");

    [Theory]
    [InlineData("login.bad-password: \"Password incorrect\"", 1, "bad-password")]
    [InlineData("login.bad-password: \"Password incorrect.\"", 0, "")]
    public async Task A_changed_text_is_red(string entry, int exitCode, string named)
    {
        await File.WriteAllTextAsync(_file, $"format: 1\n{entry}\n");
        CommandResult result = await CommandProcess.RunAsync(
            "run", "--target", "reference", "--dialect", "bsd44", "--dialect-file", _file, "--scenarios", Repository.Scenarios, "--id", "bad-password*");
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(named, result.Output);
        Assert.Equal(exitCode == 1, result.Output.Contains($"again: rexec-conformance run --target reference:bsd44,dialect-file={_file} --dialect bsd44 --id ", StringComparison.Ordinal));
        Assert.Equal("", result.Errors);
    }

    public void Dispose() => File.Delete(_file);
}
