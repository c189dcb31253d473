using System.CommandLine;
using System.Globalization;
using RexecConformance.Yaml;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>capture live</c>.</summary>
internal static class CaptureLiveCommand
{
    public static Command Create()
    {
        var name = new Option<string>("-i", "--interface")
        {
            Description = "The interface; any stands for all",
            HelpName = "IF",
            Required = true,
        };
        var count = new Option<int?>("--count")
        {
            Description = "End after so many conversations",
            HelpName = "N",
            Validators =
            {
                result =>
                {
                    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0))
                    {
                        result.AddError($"--count: '{text}' is no number of conversations, expected one from 1 on");
                    }
                },
            },
        };
        var time = new Option<TimeSpan?>("--for")
        {
            Description = "End after this time, such as 30s (at most 600s)",
            HelpName = "DURATION",
            CustomParser = result =>
            {
                if (!Durations.TryParse(result.Tokens[0].Value, out TimeSpan duration))
                {
                    result.AddError($"--for: '{result.Tokens[0].Value}' is no duration, expected one such as 500ms or 30s (at most 600s)");
                }

                return duration;
            },
        };
        var copy = new Option<string?>("-w", "--write")
        {
            Description = "Also write all IP packets to this pcapng file, which must not exist; passwords are in it as they passed",
            HelpName = "FILE",
        };
        var options = new ShowingOptions();
        var command = new Command(
            "live",
            "Prints rexec conversations as they pass an interface, until it is interrupted. Needs root, or the capability CAP_NET_RAW.\n\n"
            + "Example: rexec-conformance capture live -i lo")
        {
            name, count, time, copy,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            if (options.Dialects(parsed) is not { } dialects)
            {
                return ExitCodes.Usage;
            }

            var session = new CaptureLiveSession(parsed.GetValue(name)!, dialects, options.Shown(parsed))
            {
                Port = parsed.GetValue(options.Port),
                Full = parsed.GetValue(options.Full),
                Json = parsed.GetValue(options.Json),
                Count = parsed.GetValue(count),
                Time = parsed.GetValue(time),
                Copy = parsed.GetValue(copy),
            };
            return await session.RunAsync(cancel);
        });
        return command;
    }
}
