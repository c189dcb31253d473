using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>capture show</c>.</summary>
internal static class CaptureShowCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A capture; - is standard input" };
        var conversation = new Option<int[]>("--conversation")
        {
            Description = "Only the conversation of this number, in full; may be repeated",
            HelpName = "N",
        };
        var streams = new Option<bool>("--streams")
        {
            Description = "With --json: also every TCP connection, rexec or not, with its bytes (keeps the file's streams in memory)",
        };
        var options = new ShowingOptions();
        var command = new Command(
            "show",
            "Prints the rexec conversations of a capture: one row each, or in full, or as JSON.\n\n"
            + "Example: rexec-conformance capture show pcaps/glibc-aux-out-err/glibc-aux-out-err.pcap --conversation 1")
        {
            file, conversation, streams,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(streams) && !parsed.GetValue(options.Json))
            {
                Console.Error.WriteLine("rexec-conformance: --streams goes with --json");
                return ExitCodes.Usage;
            }

            if (options.Dialects(parsed) is not { } dialects)
            {
                return ExitCodes.Usage;
            }

            var session = new CaptureShowSession(parsed.GetValue(file)!, dialects, options.Shown(parsed))
            {
                Port = parsed.GetValue(options.Port),
                Full = parsed.GetValue(options.Full),
                Json = parsed.GetValue(options.Json),
                Streams = parsed.GetValue(streams),
                Conversations = parsed.GetValue(conversation) ?? [],
            };
            return await session.RunAsync(cancel);
        });
        return command;
    }
}
