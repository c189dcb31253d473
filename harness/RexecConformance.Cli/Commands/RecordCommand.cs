using System.CommandLine;

namespace RexecConformance.Cli.Commands;

/// <summary>The verb <c>record</c>: its options. <see cref="RecordSession"/> does the work.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where clients connect: ADDRESS:PORT, [IPV6]:PORT, or a PORT of loopback; port 0 is any free one",
            HelpName = "ADDR",
            DefaultValueFactory = _ => "127.0.0.1:0",
        };
        var upstream = new Option<string>("--upstream")
        {
            Description = "The server: HOST:PORT, or a target of run (reference:DIALECT, inetd:/PATH, container:NAME, file:TARGET.yaml)",
            HelpName = "T",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The pcapng file; it holds user names, passwords and commands as they are sent",
            HelpName = "FILE",
            Required = true,
        };
        var force = new Option<bool>("--force") { Description = "Replace the file if it is there" };
        var allowRemote = new Option<bool>("--allow-remote") { Description = "Listen on an address that other hosts reach" };
        var once = Number("--once", "Stop after so many conversations", 1, 1_000_000, null);
        var maxSessions = Number("--max-sessions", "Conversations at the same time; further clients wait", 1, 4096, 64);
        var idle = Number("--idle-limit", "Reset a conversation in which nothing is sent for so many seconds; 0: never", 0, 1_000_000, 600);
        var total = Number("--total-limit", "Reset a conversation after so many seconds; 0: never", 0, 10_000_000, 86_400);
        var command = new Command(
            "record",
            "A proxy in front of a server that writes what its clients see to a capture, the stderr connection included.\n\n"
            + "Example: rexec-conformance record --listen 127.0.0.1:5120 --upstream legacy.example:512 -o client.pcapng")
        {
            listen, upstream, output, force, allowRemote, once, maxSessions, idle, total,
        };
        command.SetAction((parsed, cancel) => new RecordSession
        {
            Listen = parsed.GetValue(listen)!,
            Upstream = parsed.GetValue(upstream)!,
            Output = parsed.GetValue(output)!,
            Force = parsed.GetValue(force),
            AllowRemote = parsed.GetValue(allowRemote),
            Once = parsed.GetValue(once),
            MaxSessions = parsed.GetValue(maxSessions)!.Value,
            IdleLimit = TimeSpan.FromSeconds(parsed.GetValue(idle)!.Value),
            TotalLimit = TimeSpan.FromSeconds(parsed.GetValue(total)!.Value),
        }.RunAsync(cancel));
        return command;
    }

    private static Option<int?> Number(string name, string description, int least, int most, int? unless)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => unless };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int number) && number >= least && number <= most))
            {
                result.AddError($"{name} is '{text}', expected a number from {least} to {most}");
            }
        });
        return option;
    }
}
