using System.Diagnostics;
using RexecConformance.Accounts;
using RexecConformance.Captures;
using RexecConformance.Captures.Importing;
using RexecConformance.Captures.Replay;
using RexecConformance.Cli.Progress;
using RexecConformance.Cli.Targets;
using RexecConformance.Dialects;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>One call of <c>capture replay</c>, from its options to its exit code.</summary>
internal sealed record CaptureReplaySession
{
    public required string File { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    public string? Dialect { get; init; }

    public string? DialectFile { get; init; }

    public string? Account { get; init; }

    public required ReplayOptions Options { get; init; }

    public bool IgnoreOutput { get; init; }

    public int? Port { get; init; }

    private readonly List<ReplayResult> _results = [];

    /// <summary>Replays all conversations to all targets.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            (CaptureContents contents, CaptureOrigin origin) = await Task.Run(
                () => File == "-" ? CaptureInput.Read(Console.OpenStandardInput(), Port) : CaptureInput.Read(File, Port), cancel).WaitAsync(cancel);
            foreach (string warning in contents.Warnings)
            {
                Console.Error.WriteLine($"{File}: warning: {warning}");
            }

            if (contents.Conversations.Count == 0)
            {
                return Said.Line($"{File}: no rexec conversation in it", ExitCodes.NothingMatched);
            }

            // What dialects are known serves only to say why something differs.
            IReadOnlyDictionary<string, Dialect> dialects = ScenarioFolder.Read(null).Tree.Dialects;
            foreach (PlannedTarget planned in TargetOpener.WithDialectFile(TargetOpener.PlanWithoutJudging(Targets, Dialect), DialectFile))
            {
                if (await ReplayAsync(planned, contents, origin, dialects, cancel) is { } refused)
                {
                    return refused;
                }
            }

            return _results.Any(result => result.Differs) ? ExitCodes.Red
                : !_results.Any(result => result.Compared) ? Said.Line($"{File}: nothing could be compared", ExitCodes.NothingMatched)
                : _results.Any(result => result.NotDriven is not null) ? ExitCodes.Red
                : ExitCodes.Green;
        }
        catch (TargetStartException e)
        {
            return Said.Line(e.Message, ExitCodes.Target);
        }
        catch (Exception e) when (e is CaptureFormatException or TargetSpecException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e is TargetSpecException ? Said.Wrong(e) : Said.Line(e is InvalidDataException ? e.Message : $"{File}: {e.Message}", ExitCodes.Usage);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private async Task<int?> ReplayAsync(
        PlannedTarget planned, CaptureContents contents, CaptureOrigin origin, IReadOnlyDictionary<string, Dialect> dialects, CancellationToken cancel)
    {
        // The reference server is set up for each conversation by itself: the same command may have said something else in another.
        IEnumerable<IReadOnlyList<Conversation>> groups = planned.Spec.Kind == "reference" ? contents.Conversations.Select(one => new[] { one }) : [contents.Conversations];
        foreach (IReadOnlyList<Conversation> group in groups)
        {
            await using ITarget target = await TargetOpener.OpenAsync(planned, FixturesOf(group, origin, dialects), cancel);
            if (!target.IsLoopback)
            {
                return Said.Line($"{planned.Spec.Text} is not on loopback: captured commands are driven to loopback only", ExitCodes.Usage);
            }

            foreach (Conversation conversation in group)
            {
                string? key = Account is null ? null : CapturedDialects.AccountFor(conversation, Account, dialects);
                Account? replacement = key is null
                    ? null
                    : TargetContext.Find(target, key) ?? throw new TargetSpecException($"the target {target.Name} has no account '{key}'");
                var judging = new ReplayJudging
                {
                    Output = !IgnoreOutput,
                    Captured = CapturedDialects.Of(conversation, origin, dialects),
                    Target = DialectOf(planned, target, dialects),
                };
                ReplayResult result;
                string what = $"{target.Name}: conversation {conversation.Number} of {contents.Conversations.Count}";
                var clock = Stopwatch.StartNew();
                await using (LiveLine.Start(() => ($"{what}, {clock.Elapsed.TotalSeconds:0} s", false)))
                {
                    result = await ReplayRun.DriveAsync(conversation, target, replacement, Options, judging, cancel);
                }

                Interruption.Note = $"{Words(_results.Count + 1)} replayed";
                ReplayText.Write(Console.Out, target.Name, result);
                _results.Add(result);
            }
        }

        return null;
    }

    private static string Words(int conversations) => conversations == 1 ? "1 conversation was" : $"{conversations} conversations were";

    /// <summary>The commands with their captured output, and with captured credentials the accounts that they need.</summary>
    private Fixtures FixturesOf(IReadOnlyList<Conversation> conversations, CaptureOrigin origin, IReadOnlyDictionary<string, Dialect> dialects)
    {
        ImportResult import = CaptureImport.Of(conversations, origin, new ImportOptions { Account = Account is { } key && AccountFile.Default.TryGet(key, out _) ? key : null }, dialects);
        FixtureFile? Made(string name) => import.Files.TryGetValue(name, out string? text) ? new FixtureFile($"{File} ({name})", text) : null;
        return Fixtures.None.With(Made("accounts.yaml"), Made("commands.yaml"), new List<Problem>());
    }

    // Where nobody names it, a Debian package tells.
    private static Dialect? DialectOf(PlannedTarget planned, ITarget target, IReadOnlyDictionary<string, Dialect> dialects) =>
        dialects.GetValueOrDefault(planned.Spec.Kind == "reference" ? planned.Spec.Argument : target.Dialect)
        ?? (target.Provenance.TryGetValue("package", out string? package) ? dialects.Values.FirstOrDefault(dialect => dialect.Title.Contains(package, StringComparison.Ordinal)) : null);
}
