using System.CommandLine;
using RexecConformance.Accounts;
using RexecConformance.Captures;
using RexecConformance.Captures.Replay;
using RexecConformance.Cli.Targets;
using RexecConformance.Inetd;
using RexecConformance.Scenarios;
using RexecConformance.Targets;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>capture replay</c>.</summary>
internal static class CaptureReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A pcap file; - is standard input" };
        var target = TargetOptions.Target("Where to");
        Option<string?> dialect = TargetOptions.Dialect("Dialect that 'reference' serves (default: bsd44)");
        Option<string?> dialectFile = TargetOptions.DialectFile();
        var account = new Option<string>("--account")
        {
            Description = "The target's account that takes the place of captured credentials that were accepted",
            HelpName = "KEY",
            DefaultValueFactory = _ => "good",
        };
        var asCaptured = new Option<bool>("--as-captured") { Description = "Send user name and password as captured" };
        var pace = new Option<bool>("--original-pace") { Description = "Keep the client's pauses" };
        var port = new Option<int?>("--port")
        {
            Description = "The server's port in the capture (default: 512, else found by shape)",
            HelpName = "N",
        };
        var command = new Command(
            "replay",
            "Drives the client side of captured conversations to a target and compares handshake, order and ends with the captured server; "
            + "the command's own output is reported apart.\n\n"
            + "Example: rexec-conformance capture replay pcaps/glibc-aux-out-err/glibc-aux-out-err.pcap --target reference:debian")
        {
            file, target, dialect, dialectFile, account, asCaptured, pace, port,
        };
        command.SetAction((parsed, cancel) => ReplayAsync(
            parsed.GetValue(file)!,
            parsed.GetValue(target)!,
            parsed.GetValue(dialect),
            parsed.GetValue(dialectFile),
            parsed.GetValue(asCaptured) ? null : parsed.GetValue(account),
            new ReplayOptions { OriginalPace = parsed.GetValue(pace) },
            parsed.GetValue(port),
            cancel));
        return command;
    }

    private static async Task<int> ReplayAsync(
        string file,
        IReadOnlyList<string> targets,
        string? dialect,
        string? dialectFile,
        string? account,
        ReplayOptions options,
        int? port,
        CancellationToken cancel)
    {
        try
        {
            CaptureContents contents = file == "-"
                ? await Task.Run(() => CaptureContents.Read(Console.OpenStandardInput(), port), cancel).WaitAsync(cancel)
                : CaptureContents.Read(file, port);
            foreach (string warning in contents.Warnings)
            {
                Console.Error.WriteLine($"{file}: warning: {warning}");
            }

            if (contents.Conversations.Count == 0)
            {
                Console.Error.WriteLine($"rexec-conformance: {file}: no rexec conversation in {contents.Connections.Count} TCP connections");
                return ExitCodes.NothingMatched;
            }

            bool differs = false;
            foreach (PlannedTarget planned in TargetOpener.WithDialectFile(TargetOpener.PlanWithoutJudging(targets, dialect), dialectFile))
            {
                await using ITarget target = await TargetOpener.OpenAsync(planned, Fixtures.None, cancel);
                if (!target.IsLoopback)
                {
                    Console.Error.WriteLine($"rexec-conformance: {planned.Spec.Text} is not on loopback: captured commands are driven to loopback only");
                    return ExitCodes.Usage;
                }

                differs |= await ReplayAllAsync(contents, target, account, options, cancel);
            }

            return differs ? ExitCodes.Red : ExitCodes.Green;
        }
        catch (TargetStartException e)
        {
            Console.Error.WriteLine("rexec-conformance: " + e.Message);
            return ExitCodes.Target;
        }
        catch (Exception e) when (e is CaptureFormatException or TargetSpecException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"rexec-conformance: {(e is TargetSpecException ? "" : file + ": ")}{e.Message}");
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static async Task<bool> ReplayAllAsync(
        CaptureContents contents, ITarget target, string? account, ReplayOptions options, CancellationToken cancel)
    {
        Account? replacement = account is null
            ? null
            : TargetContext.Find(target, account) ?? throw new TargetSpecException($"the target {target.Name} has no account '{account}'");
        bool differs = false;
        foreach (Conversation conversation in contents.Conversations)
        {
            ReplayResult result = await ReplayRun.DriveAsync(conversation, target, replacement, options, cancel);
            ReplayText.Write(Console.Out, target.Name, result);
            differs |= result.Differs || result.NotDriven is not null;
        }

        return differs;
    }
}
