using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>fuzz</c>: its options. <see cref="FuzzSession"/> does the work.</summary>
internal static class FuzzCommand
{
    // Beyond, numbers of cases and of bytes in result files are no longer exact for readers of JSON.
    private const long MostCases = 1_000_000_000_000;
    private const ulong MostSeed = 9_007_199_254_740_991;

    public static Command Create()
    {
        var scenarios = new CommonOptions().Scenarios;
        var targets = new Option<string[]>("--targets")
        {
            Description = "One target, or two to compare; memory[:DIALECT] is the reference server without sockets (default: reference)",
            HelpName = "A[,B]",
        };
        Option<string?> dialect = TargetOptions.Dialect("Dialect to judge by, for targets that have none; 'all' with memory or reference: all in turns");
        Option<TimeSpan?> time = FuzzOptionTexts.Time("--time", "Begin no case after this time: 500ms, 60s, 5m, 2h (default: 60s)");
        Option<long?> cases = FuzzOptionTexts.Number<long>("--cases", "End after so many cases, those before --resume included", 1, MostCases);
        Option<ulong?> seed = FuzzOptionTexts.Number<ulong>("--seed", "The same seed makes the same cases (default: a random one, which is printed)", 0, MostSeed);
        Option<int?> jobs = FuzzOptionTexts.Number("--jobs", "Cases asked at once (default: the processors in memory, over sockets as many as the target takes, up to 2048)", 1, 2048);
        Option<int?> rate = FuzzOptionTexts.Number("--rate", "Most cases a second (default: no bound; one a second off loopback)", 1, 1_000_000);
        Option<int?> maxFinds = FuzzOptionTexts.Number("--max-finds", "End after so many kinds of finds (default: 100)", 1, 10_000);
        var corpus = new Option<string>("--corpus")
        {
            Description = "Folder with what the run remembers: finds/, cases that gave a new outcome, where it stands",
            HelpName = "DIR",
            DefaultValueFactory = _ => "fuzz-corpus",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on where the run in the corpus folder stands, with its seed and its finds" };
        var replay = new Option<string?>("--replay") { Description = "Only ask a find again: exit code 1 if it still shows, 0 if it does not", HelpName = "FIND" };
        var report = new Option<string?>("--report") { Description = "Also write the result to a file: json=FILE; - is standard output", HelpName = "json=FILE" };
        var known = new Option<string?>("--known") { Description = "report: differences that the dialects allow are finds too", HelpName = "report" };
        _ = known.AcceptOnlyFromAmong("report");
        Option<string?> capture = CaptureOption.Create();
        capture.Description = "Also write the exchanges of each find over sockets as a pcapng file there, for Wireshark; with passwords as they were sent";
        var own = new Option<bool>("--i-own-this-target") { Description = "A target that is neither on loopback nor a container of ours may be harmed" };
        var command = new Command(
            "fuzz",
            "Makes requests that nobody wrote down, and finds what a server does wrong or where two differ; each find is made as small as can be.\n\n"
            + "Example: rexec-conformance fuzz --targets container:debian-openbsd-inetd,reference:debian --time 5m --seed 1");
        foreach (Option option in new Option[] { targets, dialect, time, cases, seed, jobs, rate, maxFinds, corpus, resume, replay, report, known, capture, own, scenarios })
        {
            command.Options.Add(option);
        }

        command.Subcommands.Add(FuzzPromoteCommand.Create());
        command.SetAction((parsed, cancel) => new FuzzSession
        {
            Scenarios = parsed.GetValue(scenarios),
            Targets = [.. (parsed.GetValue(targets) ?? []).SelectMany(CompareCommand.Split)],
            Dialect = parsed.GetValue(dialect),
            Time = parsed.GetValue(time) ?? TimeSpan.FromSeconds(60),
            Cases = parsed.GetValue(cases),
            Seed = parsed.GetValue(seed),
            Jobs = parsed.GetValue(jobs),
            Rate = parsed.GetValue(rate),
            MaxFinds = parsed.GetValue(maxFinds) ?? 100,
            Corpus = parsed.GetValue(corpus)!,
            Resume = parsed.GetValue(resume),
            Replay = parsed.GetValue(replay),
            Report = parsed.GetValue(report),
            ReportKnown = parsed.GetValue(known) is not null,
            Capture = parsed.GetValue(capture),
            OwnsTarget = parsed.GetValue(own),
        }.RunAsync(cancel));
        return command;
    }
}
