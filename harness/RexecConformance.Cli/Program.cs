using System.CommandLine;
using System.CommandLine.Invocation;
using RexecConformance.Cli.Commands;
using RexecConformance.Cli.Completion;

namespace RexecConformance.Cli;

/// <summary>The command <c>rexec-conformance</c>.</summary>
internal static class Program
{
    /// <summary>Runs a verb; see <see cref="ExitCodes"/> for what it returns.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        Console.SetOut(new GuardedOutput(Console.Out));
        Console.SetError(new GuardedErrors(Console.Error));
        RootCommand root = Root();
        if (arguments is [CompletionAnswer.Verb, .. var typed])
        {
            return CompletionAnswer.Write(root, typed, Console.Out);
        }

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            // A verb that is none leaves two errors; the one that names it is the better.
            string error = parsed.UnmatchedTokens is [{ } token, ..] && parsed.CommandResult.Command == root
                ? $"there is no verb '{token}'"
                : parsed.Errors[0].Message;
            string line = string.Join(' ', error.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            return Said.Line($"{line} (see --help)", ExitCodes.Usage);
        }

        if (EmptyPath.Find(parsed) is { } empty)
        {
            return Said.Line(empty, ExitCodes.Usage);
        }

        // Ctrl-C is this program's own affair: what is there is to be written.
        using var interruption = new Interruption(asks: parsed.Action is AsynchronousCommandLineAction);
        try
        {
            int exitCode = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
            interruption.Tell(exitCode);
            return exitCode;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            interruption.Tell(ExitCodes.Interrupted);
            return ExitCodes.Interrupted;
        }
        catch (OutputLostException e)
        {
            Console.Error.WriteLine($"rexec-conformance: {e.Message}");
            return ExitCodes.Usage;
        }
        catch (Exception e)
        {
            // One line for people; the rest only where someone looks for a fault of ours.
            _ = Said.Line($"fault of the suite itself: {e.GetType().Name}: {e.Message}", ExitCodes.OwnFault);
            if (Environment.GetEnvironmentVariable("REXEC_CONFORMANCE_TRACE") == "1")
            {
                Console.Error.WriteLine(e);
            }

            return ExitCodes.OwnFault;
        }
    }

    /// <summary>All verbs.</summary>
    public static RootCommand Root() =>
        new(
            "Says byte for byte what a rexec server (TCP 512) does, where it differs from what its dialect's documents and daemons say.")
        {
            RunCommand.Create(),
            ListCommand.Create(),
            ExplainCommand.Create(),
            ValidateCommand.Create(),
            NewCommand.Create(),
            DialectsCommand.Create(),
            CompareCommand.Create(),
            BaselineCommand.Create(),
            DeviationsCommand.Create(),
            CaptureCommand.Create(),
            RecordCommand.Create(),
            ContainersCommand.Create(),
            FuzzCommand.Create(),
            ReportCommand.Create(),
            MergeCommand.Create(),
            CompletionCommand.Create(),
        };
}
