using System.Diagnostics;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Documentation;

/// <summary>The script of the first ten minutes says no where a page promises what does not come; that it says yes is one of the checks of <c>.ci/run</c>.</summary>
public sealed class FirstStepsTest : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rexec-steps-");

    [SkippableTheory]
    [InlineData(0, "<!-- shows: hello -->\n\n    printf 'hello\\n'\n", "8 steps in")]
    [InlineData(0, "```sh\nprintf 'one\\ntwo\\n'\n```\n\n```text\none\n...\ntwo\n```\n", "8 steps in")]
    [InlineData(0, "<!-- makes: made -->\n\n    printf x >made\n", "8 steps in")]
    [InlineData(1, "<!-- shows: hello -->\n\n    printf 'bye\\n'\n", "it does not print: hello")]
    [InlineData(1, "<!-- exit: 1 -->\n\n    printf 'hello\\n'\n", "exit code 0, expected 1")]
    [InlineData(1, "    ls none\n", "expected 0")]
    [InlineData(1, "<!-- makes: none -->\n\n    printf x\n", "it does not make: none")]
    [InlineData(1, "    printf x\n\n```text\ny\n```\n", "the page shows what does not come: y")]
    [InlineData(1, "<!-- server -->\n\n    ls none\n", "the server ended")]
    [InlineData(1, "<!-- nothing: known -->\n\n    printf x\n", "does not know: nothing: known")]
    public async Task A_step_is_held_to_what_the_page_says(int exitCode, string step, string says)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash");
        Directory.CreateDirectory(Path.Combine(_root.FullName, ".ci"));
        string script = Path.Combine(_root.FullName, ".ci", "first-steps");
        File.Copy(Path.Combine(Repository.Root, ".ci", "first-steps"), script);
        string before = string.Concat(Enumerable.Repeat("    printf x\n\nText.\n\n", 7));
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "README.md"), $"# Page\n\n## In ten minutes\n\n{before}{step}\n## Next\n\n    ls none\n");
        using Process process = Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _root.FullName })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == exitCode && output.Contains(says, StringComparison.Ordinal), $"exit code {process.ExitCode}:\n{output}");
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);
}
