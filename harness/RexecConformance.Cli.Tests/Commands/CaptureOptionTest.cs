using RexecConformance.Captures.Writing;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Reports;
using RexecConformance.Running;
using RexecConformance.Targets;
using RexecConformance.Tests.Captures.Writing;

namespace RexecConformance.Cli.Tests.Commands;

/// <summary><c>--capture DIR</c>: each case becomes a file, and the file is the case.</summary>
[Trait("needs", "loopback")]
public sealed class CaptureOptionTest : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "captures-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("debian")]
    [InlineData("inetutils")]
    public async Task Every_case_reads_back_as_the_transcripts_that_were_judged(string dialect)
    {
        await using ReferenceTarget target = ReferenceTarget.Start(TargetSpec.Parse("reference:" + dialect), dialect, new TargetProfile { Dialect = dialect });
        CheckAll(await Suite.RunAsync(target, Suite.Variants()), least: 350);
    }

    [SkippableFact]
    [Trait("needs", "daemon")]
    public async Task Those_of_a_real_daemon_read_back_too()
    {
        Needs.DebianDaemon();
        await using InetdTarget target = await InetdTarget.StartAsync("inetd:" + Needs.Daemon, Needs.Daemon, new TargetProfile { Dialect = "debian" }, CancellationToken.None);
        CheckAll(await Suite.RunAsync(target, [.. Suite.Variants().Where((_, i) => i % 8 == 0)]), least: 30);
    }

    private void CheckAll(TargetResult run, int least)
    {
        CaptureFolder folder = CaptureFolder.Open(_folder);
        var before = new HashSet<string>();
        int sessions = 0;
        foreach (VariantResult result in run.Results.Where(r => folder.Write(r)))
        {
            string path = Assert.Single(Directory.GetFiles(_folder), file => before.Add(file));
            var read = TranscriptReader.Read(path);
            Assert.Equal(result.Exchanges.Count, read.Count);
            for (int i = 0; i < read.Count; i++)
            {
                SameTranscript.Check(result.Exchanges[i].Transcript, read[i]);
                sessions++;
            }
        }

        Assert.Equal(run.Results.Count(r => r.Transcript is not null), folder.Count);
        Assert.True(folder.Count >= least && sessions >= folder.Count, $"{sessions} sessions in {folder.Count} files");
    }

    [SkippableFact]
    [Trait("needs", "tshark")]
    public async Task Tshark_has_nothing_to_say_about_any_case()
    {
        await using ReferenceTarget target = ReferenceTarget.Start(TargetSpec.Parse("reference:debian"), "debian", new TargetProfile { Dialect = "debian" });
        TargetResult run = await Suite.RunAsync(target, [.. Suite.Variants().Where((_, i) => i % 9 == 0)]);
        CaptureFolder folder = CaptureFolder.Open(_folder);
        int written = run.Results.Count(folder.Write);
        Assert.True(written > 30, $"{written} of {run.Results.Count} results have a file: {run.Failure}");
        foreach (string path in Directory.GetFiles(_folder))
        {
            Assert.True(Tshark.Check(path, anyPorts: true) > 0);
        }
    }

    [Fact]
    public async Task Compare_writes_one_for_each_target_and_none_of_a_baseline()
    {
        CommandResult result = await CommandProcess.RunAsync(
            "compare", "--scenarios", Repository.Scenarios, "--targets", "reference:debian,reference:bsd44,recorded:inetutils", "--id", "bad-password", "--capture", _folder);
        Assert.Contains("captures in", result.Errors, StringComparison.Ordinal);
        string[] names = [.. Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)!)];
        Assert.Equal(4, names.Length);
        Assert.Equal(2, names.Count(name => name.StartsWith("reference-bsd44_bad-password_", StringComparison.Ordinal)));
        Assert.Equal(2, names.Count(name => name.StartsWith("reference-debian_bad-password_", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_folder_needs_a_name_that_no_file_has()
    {
        Assert.Contains("its name is empty, expected a folder", Assert.Throws<ReportException>(() => CaptureFolder.Open("")).Message, StringComparison.Ordinal);
        string file = typeof(CaptureOptionTest).Assembly.Location;
        Assert.Contains("it is a file, expected a folder", Assert.Throws<ReportException>(() => CaptureFolder.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_found_before_anything_is_driven()
    {
        await File.WriteAllTextAsync(_folder, "a file");
        try
        {
            CommandResult result = await CommandProcess.RunAsync("run", "--scenarios", Repository.Scenarios, "--target", "tcp:127.0.0.1:1", "--dialect", "debian", "--capture", Path.Combine(_folder, "x"));
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("the folder for captures", result.Errors, StringComparison.Ordinal);
            Assert.Equal("", result.Output);
        }
        finally
        {
            File.Delete(_folder);
        }
    }
}
