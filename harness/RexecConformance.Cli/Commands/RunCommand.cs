using System.CommandLine;
using System.Globalization;
using RexecConformance.Running;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>run</c>: its options. <see cref="RunSession"/> does the work.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var target = TargetOptions.Target("What to judge; may be repeated");
        Option<string?> dialect = TargetOptions.Dialect("Dialect to judge by; 'all' with the target 'reference' only. tcp: and inetd: need one");
        Option<string?> dialectFile = TargetOptions.DialectFile();
        var jobs = new Option<int>("--jobs")
        {
            Description = "Variants driven at once, 1 to 512 (default: the number of processors); those that wait for time go beside them",
            HelpName = "N",
            DefaultValueFactory = _ => new RunOptions().Jobs,
        };
        jobs.Validators.Add(result =>
        {
            // The text itself: asking for the number throws where there is none.
            string text = result.Tokens is [{ Value: var given }] ? given : "1";
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 512)
            {
                result.AddError($"--jobs is '{text}', expected a number from 1 to 512");
            }
        });
        Option<string[]> report = ReportKinds.Option();
        Option<string?> capture = CaptureOption.Create();
        var maxBadLogins = new Option<int>("--max-bad-logins")
        {
            Description = "Most wrong passwords sent to a target off loopback, since it may lock the account",
            HelpName = "N",
            DefaultValueFactory = _ => new RunOptions().MaxBadLogins,
        };
        var rate = new Option<int>("--rate")
        {
            Description = "Most connections a minute to a target off loopback: inetd stops a service after 256; 0 is no limit",
            HelpName = "N",
            DefaultValueFactory = _ => new RunOptions().Rate,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be driven: variants, connections, wrong passwords" };
        Option<string?> shard = ShardOption.Create();
        var noCanary = new Option<bool>("--no-canary") { Description = "Do not try a plain handshake before and after: judge whatever answers" };
        var verbose = new Option<bool>("--verbose") { Description = "Name the scenarios that are unsupported or unspecified, by reason" };
        var showPasswords = new Option<bool>("--show-passwords") { Description = "Write passwords out in red cases" };

        var command = new Command(
            "run",
            "Drives scenarios on targets and judges what comes back.\n\n"
            + "Example: rexec-conformance run --target inetd:/usr/sbin/in.rexecd --dialect debian --report junit=result.xml");
        foreach (Option option in new Option[] { target, dialect, dialectFile, jobs, report, capture, maxBadLogins, rate, shard, dryRun, noCanary, verbose, showPasswords })
        {
            command.Options.Add(option);
        }

        common.AddFilterTo(command);
        command.SetAction((parsed, cancel) => new RunSession
        {
            Scenarios = parsed.GetValue(common.Scenarios),
            Filter = common.Filter(parsed),
            Targets = parsed.GetValue(target)!,
            Dialect = parsed.GetValue(dialect),
            DialectFile = parsed.GetValue(dialectFile),
            Reports = parsed.GetValue(report) ?? [],
            Capture = parsed.GetValue(capture),
            Shard = parsed.GetValue(shard),
            DryRun = parsed.GetValue(dryRun),
            Verbose = parsed.GetValue(verbose),
            ShowPasswords = parsed.GetValue(showPasswords),
            Options = new RunOptions
            {
                Jobs = parsed.GetValue(jobs),
                MaxBadLogins = parsed.GetValue(maxBadLogins),
                Rate = parsed.GetValue(rate),
                Canary = !parsed.GetValue(noCanary),
            },
        }.RunAsync(cancel));
        return command;
    }
}
