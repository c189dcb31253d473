using RexecConformance.Cli.Commands;
using RexecConformance.Cli.Tests.Support;

namespace RexecConformance.Cli.Tests.Baselines;

/// <summary>The verb <c>compare</c>, where no engine and no daemon is at hand.</summary>
[Trait("needs", "loopback")]
public sealed class CompareTest
{
    [Fact]
    public async Task It_shows_where_two_recorded_daemons_and_the_reference_differ()
    {
        CommandResult result = await CommandProcess.RunAsync(
            "compare", "--targets", "recorded:debian-openbsd-inetd,recorded:inetutils,reference:debian", "--only", "different");
        Assert.True(result.ExitCode == ExitCodes.Green, result.Errors + result.Output);
        string[] rows = [.. result.Output.Split('\n').Where(line => line.StartsWith("ABA  ", StringComparison.Ordinal)).Select(line => line[5..].Trim())];

        // Password limit, silence against a text, the stream of the status byte, the end within a field, the missing home.
        Assert.All(
            ["password-16#whole", "bad-password#whole", "all-bytes-unchanged-aux#whole", "eof-in-username#whole", "missing-home#whole"],
            row => Assert.Contains(row, rows));

        // The source says "Password incorrect.": the newline takes the place of the last character.
        Assert.Contains("\"\\x01Password incorrect\\n\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("every difference is predicted", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_of_one_dialect_that_differ_are_red()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "login.bad-password: \"Go away\"\n");
            CommandResult result = await CommandProcess.RunAsync(
                "compare", "--targets", $"recorded:inetutils,reference:inetutils,dialect-file={file}", "--id", "bad-password");
            Assert.True(result.ExitCode == ExitCodes.Red, result.Errors + result.Output);
            Assert.Contains("NOT PREDICTED bad-password#whole", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Two_result_files_are_compared_in_the_same_way()
    {
        string[] files = [Path.GetTempFileName(), Path.GetTempFileName()];
        try
        {
            foreach ((string file, string target) in files.Zip(["recorded:inetutils", "recorded:debian-xinetd"]))
            {
                Assert.Equal(ExitCodes.Green, (await CommandProcess.RunAsync("run", "--target", target, "--id", "bad-password", "--report", "json=" + file)).ExitCode);
            }

            CommandResult result = await CommandProcess.RunAsync("compare", "--results", string.Join(',', files));
            Assert.True(result.ExitCode == ExitCodes.Green, result.Errors + result.Output);
            Assert.Contains("AB  bad-password#whole", result.Output, StringComparison.Ordinal);

            // What is no whole report is no result, and says so.
            string[] lines = await File.ReadAllLinesAsync(files[0]);
            await File.WriteAllLinesAsync(files[0], lines.Where(line => !line.Contains("\"variant\":\"whole\"", StringComparison.Ordinal)));
            await RefusedAsync("lines are missing", files);
            await File.WriteAllLinesAsync(files[0], [.. lines, .. lines]);
            await RefusedAsync("a second report begins here", files);
            await File.WriteAllTextAsync(files[0], "{}\n");
            await RefusedAsync("is no record of a JSON report", files);
        }
        finally
        {
            Array.ForEach(files, File.Delete);
        }
    }

    private static async Task RefusedAsync(string words, string[] files)
    {
        CommandResult result = await CommandProcess.RunAsync("compare", "--results", string.Join(',', files));
        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_driven_on_one_target_only_is_nothing_to_compare()
    {
        CommandResult result = await CommandProcess.RunAsync("compare", "--targets", "reference:debian,recorded:debian-xinetd", "--id", "fork-failed-aux");
        Assert.Equal(ExitCodes.NothingMatched, result.ExitCode);
        Assert.Contains("nothing to compare", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compare", "--targets", "reference")]
    [InlineData("compare", "--targets", "recorded:nobody,reference")]
    [InlineData("compare", "--results", "nothing.json,nothing.json")]
    public async Task Wrong_usage_is_told(params string[] arguments) =>
        Assert.Equal(ExitCodes.Usage, (await CommandProcess.RunAsync(arguments)).ExitCode);

    [Fact]
    public void An_option_belongs_to_the_target_before_it() => Assert.Equal(
        ["reference:debian,dialect-file=x", "recorded:a", "tcp:h:1"], CompareCommand.Split("reference:debian,dialect-file=x,recorded:a,tcp:h:1"));
}
