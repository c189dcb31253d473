using RexecConformance.Accounts;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Cli.Targets;
using RexecConformance.Cli.Tests.Support;
using RexecConformance.Judging;
using RexecConformance.Running;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Tests.Captures;

/// <summary>Each shared sample, imported and run: it passes, or the difference is named.</summary>
public sealed class ImportedSampleTest
{
    private const string Status = "the dialects differ: status-stream is stderr in inetutils, inetutils-pam, solaris; primary in debian";

    /// <summary>Sample, and what is red on Debian's dialect: the finding that explains it; "output" where the machine says something else; "none" where nothing can be imported.</summary>
    public static TheoryData<string, string> Samples => new()
    {
        { "rexec/01-glibc-noaux-echo.pcap", "" },
        { "rexec/02-glibc-aux-out-err.pcap", "" },
        { "rexec/03-glibc-badpass-noaux.pcap", "" },
        { "rexec/04-glibc-badpass-aux.pcap", "" },
        { "rexec/06-glibc-user17-noaux.pcap", "" },
        { "rexec/08-glibc-pass17-noaux.pcap", "" },
        { "rexec/15-glibc-signal-term-ignored-aux.pcap", "" },
        { "rexec/16-glibc-signal-byte-readable-on-fd2.pcap", "" },
        { "rexec/17-glibc-seq20000-noaux.pcap", "" },
        { "rexec/17-glibc-seq20000-noaux-CAPTURE-GAPS.pcap", "" },
        { "rexec/20-glibc-stderr-merged-noaux.pcap", "" },
        { "rexec/25-glibc-nohome-aux.pcap", "" },
        { "rexec/27-glibc-user15-pass15-ok.pcap", "" },
        { "rexec/30-raw-one-segment-port0.pcap", "" },
        { "rexec/32-raw-byte-by-byte.pcap", "" },
        { "rexec/36-raw-port-65536.pcap", "" },
        { "rexec/39-raw-eof-mid-user.pcap", "" },
        { "rexec/43-raw-half-close-then-output.pcap", "" },
        { "rexec/45-raw-aux-close-early.pcap", "" },
        { "rexec/60-commonsnet-noaux-echo.pcap", "" },
        { "rexec/61-commonsnet-aux-out-err.pcap", "" },
        { "rexec/66-gnu-rexec-client-noaux.pcap", "" },
        { "rexec/67-gnu-rexec-client-aux.pcap", "" },
        { "rexec/72-hydra-rexec.pcap", "output" },
        { "rexec/80-gnud-glibc-noaux.pcap", "" },
        { "rexec/81-gnud-glibc-aux.pcap", Status },
        { "rexec/89-gnud-raw-eof-mid-user.pcap", "" },
        { "rexec/100-ipv6-raw-aux-netkit.pcap", "" },
        { "rexec/110-glibc-aux.pcapng", "" },
        { "rexec/112-glibc-aux-sll2.any.pcap", "" },
        { "rexec/124-veth-snaplen68.pcap", "none" },
        { "rexec/126-veth-glibc-aux.pcap", "" },
        { "rexec/131-raw-ip-s2c-retransmits.pcap", "" },
        { "rexec/134-raw-ip-fragments.pcap", "" },
        { "rexec/140-four-parallel-aux.pcap", "" },
        { "exec-sample.pcap", "output" },
    };

    [SkippableTheory]
    [MemberData(nameof(Samples))]
    [Trait("needs", "captures")]
    public async Task On_the_reference_server(string sample, string red)
    {
        using Imported? imported = Import(sample, red);
        if (imported is not null)
        {
            await using ReferenceTarget target = ReferenceTarget.Start(
                TargetSpec.Parse("reference:debian"), "debian", new TargetProfile { Dialect = "debian", Accounts = imported.Tree.Fixtures.Accounts }, imported.Tree.Fixtures);

            // Its commands say what was captured.
            Check(await RunAsync(imported, target), red == "output" ? "" : red);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Samples))]
    [Trait("needs", "daemon")]
    public async Task On_Debians_daemon(string sample, string red)
    {
        Needs.DebianDaemon();
        using Imported? imported = Import(sample, red);
        if (imported is not null)
        {
            await using InetdTarget target = await InetdTarget.StartAsync(
                "inetd", Needs.Daemon, new TargetProfile { Dialect = "debian", Accounts = imported.Tree.Fixtures.Accounts }, CancellationToken.None);
            Check(await RunAsync(imported, target), red);
        }
    }

    [Fact]
    [Trait("needs", "nothing")]
    public void Every_shared_sample_is_in_the_table()
    {
        if (Directory.Exists(Shared))
        {
            string[] there = [.. Directory.EnumerateFiles(Path.Combine(Shared, "rexec")).Select(file => "rexec/" + Path.GetFileName(file)).Append("exec-sample.pcap").Order(StringComparer.Ordinal)];
            Assert.Equal(there, Samples.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("bsd44")]
    [InlineData("debian")]
    [InlineData("inetutils")]
    [InlineData("solaris")]
    [Trait("needs", "loopback")]
    public async Task Committed_captures_are_green(string dialect)
    {
        List<Variant> variants = [.. Suite.Tree.Scenarios.Where(scenario => scenario.Captured is not null).SelectMany(Variant.Of)];
        await using ReferenceTarget target = ReferenceTarget.Start(
            TargetSpec.Parse("reference:" + dialect), dialect, new TargetProfile { Dialect = dialect, Accounts = Suite.Tree.Fixtures.Accounts }, Suite.Tree.Fixtures);
        GreenTest.Green(await Suite.RunAsync(target, variants));
    }

    private static string Shared => Environment.GetEnvironmentVariable("REXEC_CAPTURES") ?? Path.Combine(Repository.Root, "..", "shared", "captures");

    private static Imported? Import(string sample, string red)
    {
        string path = Path.Combine(Shared, sample);
        Skip.IfNot(File.Exists(path), $"needs the shared capture {sample} (REXEC_CAPTURES or ../shared/captures)");
        (CaptureContents contents, CaptureOrigin origin) = CaptureInput.Read(path, null);
        ImportResult result = CaptureImport.Of(contents.Conversations, origin, new ImportOptions(), Suite.Tree.Dialects);
        if (red == "none")
        {
            Assert.Empty(result.Scenarios);
            Assert.NotEmpty(result.Left);
            return null;
        }

        Assert.Empty(result.Left);
        return new Imported(result);
    }

    private static Task<TargetResult> RunAsync(Imported imported, ITarget target) => new Runner(new RunOptions(), new Silent())
        .RunAsync(target, Suite.Tree.Dialects["debian"], [.. imported.Tree.Scenarios.SelectMany(Variant.Of)], CancellationToken.None);

    private static void Check(TargetResult result, string red)
    {
        Assert.Null(result.Failure);
        string[] texts = [.. result.Results.Where(one => one.Verdict != Verdict.Pass).SelectMany(one => one.Findings.Count == 0 ? [one.Reason] : one.Findings.Select(finding => finding.Text))];
        switch (red)
        {
            case "":
                Assert.Empty(texts);
                break;
            case "output":
                // The byte of success is right, what the command prints is the machine's.
                Assert.All(texts, text => Assert.Matches("^primary: (at offset [1-9]|expected .* more bytes after offset [1-9]|[0-9]+ bytes too many)", text));
                Assert.NotEmpty(texts);
                break;
            default:
                Assert.Contains(red, texts);
                break;
        }
    }

    private sealed class Silent : IRunObserver
    {
        public void Started(ITarget target, int variants)
        {
        }

        public void Finished(VariantResult result)
        {
        }
    }

    private sealed class Imported : IDisposable
    {
        private readonly string _parent = Directory.CreateTempSubdirectory("rexec-import-").FullName;

        public Imported(ImportResult result)
        {
            string folder = Path.Combine(_parent, "made");
            ImportFolder.Write(folder, result.Files, force: false);
            (Tree, IReadOnlyList<Problem> problems) = ScenarioTree.Load(
                folder, AccountFile.Default.Accounts.Select(account => account.Key).ToHashSet(), Repository.Scenarios);
            Assert.Empty(problems);
        }

        public ScenarioTree Tree { get; }

        public void Dispose() => Directory.Delete(_parent, recursive: true);
    }
}
