using System.CommandLine;
using System.Globalization;
using RexecConformance.Captures.Replay;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>capture replay</c>: its options. <see cref="CaptureReplaySession"/> does the work.</summary>
internal static class CaptureReplayCommand
{
    private const double Fastest = 1000;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A capture file; - is standard input" };
        var target = TargetOptions.Target("Where to");
        Option<string?> dialect = TargetOptions.Dialect("The targets' dialect: what 'reference' serves (default: bsd44), and what says why another differs");
        Option<string?> dialectFile = TargetOptions.DialectFile();
        var account = new Option<string>("--account")
        {
            Description = "The target's account that takes the place of captured credentials that were accepted",
            HelpName = "KEY",
            DefaultValueFactory = _ => "good",
        };
        var asCaptured = new Option<bool>("--as-captured") { Description = "Send user name and password as captured; 'reference' and 'inetd:' are given such an account" };
        var pace = new Option<bool>("--original-pace") { Description = "Keep the client's pauses: the same as --speed 1" };
        var speed = new Option<string?>("--speed")
        {
            Description = "1 keeps the client's pauses, 2 halves them; 0 (default) sends as soon as what the client waited for has come",
            HelpName = "X",
        };
        speed.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Speed(text) is null)
            {
                result.AddError($"--speed is '{text}', expected a number from 0 to {Fastest}");
            }
        });
        var ignoreOutput = new Option<bool>("--ignore-output") { Description = "Tell the command's own output apart and do not judge it: for commands that say something else on another machine or day" };
        var port = new Option<int?>("--port")
        {
            Description = "The server's port in the capture (default: 512, else found by shape)",
            HelpName = "N",
        };
        var command = new Command(
            "replay",
            "Drives the client side of captured conversations to a target and compares what the target sends, byte for byte, and how it ends with the captured server.\n\n"
            + "Example: rexec-conformance capture replay pcaps/glibc-aux-out-err/glibc-aux-out-err.pcap --target reference:debian")
        {
            file, target, dialect, dialectFile, account, asCaptured, pace, speed, ignoreOutput, port,
        };
        command.SetAction((parsed, cancel) => new CaptureReplaySession
        {
            File = parsed.GetValue(file)!,
            Targets = parsed.GetValue(target)!,
            Dialect = parsed.GetValue(dialect),
            DialectFile = parsed.GetValue(dialectFile),
            Account = parsed.GetValue(asCaptured) ? null : parsed.GetValue(account),
            Options = new ReplayOptions { Speed = parsed.GetValue(speed) is { } text ? Speed(text)!.Value : parsed.GetValue(pace) ? 1 : 0 },
            IgnoreOutput = parsed.GetValue(ignoreOutput),
            Port = parsed.GetValue(port),
        }.RunAsync(cancel));
        return command;
    }

    private static double? Speed(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed) && speed <= Fastest ? speed : null;
}
