using System.Diagnostics;
using RexecConformance.Reports.Formats;
using RexecConformance.Reports.Results;

namespace RexecConformance.Tests.Reports.Formats;

[Trait("needs", "nothing")]
public class TapReportTests
{
    [Fact]
    public void Each_verdict_is_a_test()
    {
        IReadOnlyList<TapTest> tests = TapReader.Read(MadeRun.Write(new TapReport(), MadeRun.AllVerdicts()));
        Assert.Equal([true, false, false, false, true, true, true, false], tests.Select(test => test.Ok));
        Assert.Equal([false, true, false, true, false, false, false, true], tests.Select(test => test.Fails));
        Assert.Equal([null, null, "TODO", null, "SKIP", "SKIP", "SKIP", null], tests.Select(test => test.Directive));
        Assert.Equal("tcp:host:512 as bsd44: wrong#whole", tests[1].Description);
        Assert.Equal("blocked: why", tests[4].Reason);
        Assert.Equal([false, true, false, true, false, false, false, true], tests.Select(test => test.Diagnostics is not null));
        Assert.Equal("fail", tests[1].Value("severity"));
        Assert.StartsWith("primary: at offset 0 expected 61, received 62", tests[1].Value("message"));
        Assert.Contains("'wrong#whole'", tests[1].Value("reproduce"));
        Assert.Contains("A title", tests[1].Value("text"));
    }

    [Fact]
    public void A_target_that_was_not_judged_to_the_end_is_a_test_more()
    {
        IReadOnlyList<TapTest> tests = TapReader.Read(MadeRun.Write(new TapReport(), MadeRun.Run(MadeRun.Target("it went away", MadeRun.Driven("a", "a")))));
        Assert.Equal([true, false], tests.Select(test => test.Ok));
        Assert.Equal("it went away", tests[1].Value("message"));
    }

    [Fact]
    public void Hostile_text_makes_no_line_directive_or_end_of_its_own()
    {
        string text = MadeRun.Write(new TapReport(), MadeRun.HostileRun());
        IReadOnlyList<TapTest> tests = TapReader.Read(text);
        Assert.Equal(5, tests.Count);
        Assert.Equal([null, null, "SKIP", "TODO", null], tests.Select(test => test.Directive));
        Assert.Contains("# SKIP # TODO not ok 1", tests[2].Reason);
        Assert.Contains("\"q\"", tests[4].Value("message"));
        Assert.Contains("\\u{202e}", tests[0].Value("title"));
        Assert.DoesNotContain(text, c => (c < ' ' && c != '\n') || c is '\u202e' or '\u2028' or '\uffff');
    }

    [Fact]
    public void A_run_without_variants_is_skipped() =>
        Assert.StartsWith("TAP version 14\n1..0 # SKIP ", MadeRun.Write(new TapReport(), MadeRun.Run(MadeRun.Target(null))));

    [SkippableFact]
    public async Task Perl_reads_it_too()
    {
        Skip.IfNot(File.Exists("/usr/bin/prove"), "needs /usr/bin/prove (Debian: perl)");
        string file = Path.GetTempFileName();
        try
        {
            // Perl 5.36 knows versions up to 13, whose lines are the same.
            ReportedRun run = MadeRun.AllVerdicts();
            await File.WriteAllTextAsync(file, MadeRun.Write(new TapReport(), run).Replace("TAP version 14", "TAP version 13"));
            (int code, string output) = await ProveAsync(file);
            Assert.Equal(1, code);
            Assert.Contains("Failed 3/8 subtests", output);
            Assert.Contains("(less 3 skipped subtests: 2 okay)", output);
            Assert.DoesNotContain("Parse errors", output);

            await File.WriteAllTextAsync(file, MadeRun.Write(new TapReport(), MadeRun.HostileRun()).Replace("TAP version 14", "TAP version 13"));
            (_, output) = await ProveAsync(file);
            Assert.DoesNotContain("Parse errors", output);
            Assert.Contains("Failed 3/5 subtests", output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Code, string Output)> ProveAsync(string file)
    {
        using Process prove = Process.Start(new ProcessStartInfo("/usr/bin/prove", ["--exec", "cat", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string[] output = await Task.WhenAll(prove.StandardOutput.ReadToEndAsync(), prove.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromSeconds(60));
        await prove.WaitForExitAsync();
        return (prove.ExitCode, string.Concat(output));
    }
}
